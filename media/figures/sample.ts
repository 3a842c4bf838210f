import type { WebRtcTransport, Worker } from 'mediasoup/types'
import type { MediaFigures } from './mediaFigures.ts'

/** The figures that are asked for, not counted. */
export type Sample = Pick<
  MediaFigures,
  'receivedBitrate' | 'sentBitrate' | 'receivedLoss' | 'sentLoss' | 'cpuSeconds' | 'memoryBytes'
>

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)
const mean = (values: readonly (number | undefined)[]): number => {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? 0 : sum(known) / known.length
}
/** What resolved: a worker or a transport may end while it is asked. */
async function answersOf<T>(asked: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(asked)
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}

/** Asks each worker and each transport once. */
export async function sample(workers: readonly Worker[], transports: readonly WebRtcTransport[]): Promise<Sample> {
  const [usages, stats] = await Promise.all([
    answersOf(workers.map((worker) => worker.getResourceUsage())),
    answersOf(transports.map((transport) => transport.getStats())).then((all) => all.flat()),
  ])
  return {
    receivedBitrate: sum(stats.map((one) => one.recvBitrate)),
    sentBitrate: sum(stats.map((one) => one.sendBitrate)),
    receivedLoss: mean(stats.map((one) => one.rtpPacketLossReceived)),
    sentLoss: mean(stats.map((one) => one.rtpPacketLossSent)),
    cpuSeconds: sum(usages.map((usage) => usage.ru_utime + usage.ru_stime)) / 1000,
    // libuv tells KiB.
    memoryBytes: sum(usages.map((usage) => usage.ru_maxrss)) * 1024,
  }
}
