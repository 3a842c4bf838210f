import { createWorker, type types } from 'mediasoup'
import { mediaCodecs } from '../../media/codecs.ts'
import { findWorker } from '../../media/worker/findWorker.ts'
import type { Forwarder } from './forwarder.ts'
import type { Plan, Source } from './plan.ts'

const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const
/** What its sender sends by; the routers give their consumers types of their own. */
export const payloadTypeOf = ({ kind }: Source): number => (kind === 'audio' ? 100 : 101)
/** Of the source with this place in the plan. */
export const ssrcOf = (index: number): number => 1_000 + index

function rtpParameters(source: Source, index: number): types.RtpParameters {
  const codec =
    source.kind === 'audio'
      ? { mimeType: 'audio/opus', clockRate: 48_000, channels: 2 }
      : { mimeType: 'video/VP8', clockRate: 90_000 }
  return {
    codecs: [{ ...codec, payloadType: payloadTypeOf(source), parameters: {}, rtcpFeedback: [] }],
    encodings: [{ ssrc: ssrcOf(index) }],
    rtcp: { cname: `source${index}` },
  }
}

/**
 * The SFU as a room uses it, over plain transports: each receiver one transport, encrypted as for a browser (SRTP, AES-256-GCM). What
 * comes in is not encrypted. A room's receivers are spread over `workers`; the second gets the room's streams by a pipe.
 */
export async function openSfu(plan: Plan, toPort: number, workers: number): Promise<Forwarder> {
  const found = findWorker()
  if (!('path' in found)) throw new Error(`${found.why}; ${found.hint}`)
  const pool = await Promise.all(
    Array.from({ length: workers }, () => createWorker({ workerBin: found.path, logLevel: 'error' })),
  )
  const rooms = new Map<number, types.Router[]>()
  const ports: number[] = []
  const key = Buffer.alloc(44, 7).toString('base64')
  for (const [index, source] of plan.sources.entries()) {
    let routers = rooms.get(source.room)
    if (!routers) {
      routers = await Promise.all(pool.map((worker) => worker.createRouter({ mediaCodecs: mediaCodecs() })))
      rooms.set(source.room, routers)
    }
    const [home, ...others] = routers
    if (!home) throw new Error('no worker')
    const way = await home.createPlainTransport({ listenInfo, comedia: true, rtcpMux: true })
    ports.push(way.tuple.localPort)
    const producer = await way.produce({ kind: source.kind, rtpParameters: rtpParameters(source, index) })
    for (const router of others) await home.pipeToRouter({ producerId: producer.id, router })
    for (let copy = 0; copy < source.copies; copy++) {
      const router = routers[copy % routers.length] ?? home
      const out = await router.createPlainTransport({
        listenInfo,
        rtcpMux: true,
        enableSrtp: true,
        srtpCryptoSuite: 'AEAD_AES_256_GCM',
      })
      await out.connect({
        ip: '127.0.0.1',
        port: toPort,
        srtpParameters: { cryptoSuite: 'AEAD_AES_256_GCM', keyBase64: key },
      })
      await out.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities })
    }
  }
  return {
    ports,
    async cpuMs() {
      const used = await Promise.all(pool.map((worker) => worker.getResourceUsage()))
      return used.reduce((sum, { ru_utime, ru_stime }) => sum + ru_utime + ru_stime, 0)
    },
    async close() {
      for (const worker of pool) worker.close()
    },
  }
}
