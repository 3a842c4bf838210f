import { createWorker } from 'mediasoup'
import type { WebRtcServer, Worker } from 'mediasoup/types'
import type { MediaSettings } from '../settings.ts'
import { announcedAddress } from './announcedAddress.ts'

export type StartedWorker = { readonly worker: Worker; readonly server: WebRtcServer }

const signals = ['SIGINT', 'SIGTERM'] as const

/**
 * mediasoup closes its workers at the process' first SIGTERM or SIGINT; a node drains then, and its media end with its rooms.
 * The program itself ignores these signals and ends with this process, however that ends.
 */
function withoutItsSignals<T>(start: () => T): T {
  const before = signals.map((signal) => new Set(process.listeners(signal)))
  const started = start()
  for (const [n, signal] of signals.entries())
    for (const listener of process.listeners(signal))
      if (!before[n]?.has(listener)) process.removeListener(signal, listener)
  return started
}

/** A worker process and its one UDP and one TCP port. Rejects when either cannot be had; then nothing is left running. */
export async function startWorker(settings: MediaSettings, index: number): Promise<StartedWorker> {
  const { listenIp: ip, portBase, workerPath: workerBin } = settings
  const worker = await withoutItsSignals(() => createWorker({ workerBin, logLevel: 'error' }))
  try {
    const announced = announcedAddress(settings)
    const listenInfos = (['udp', 'tcp'] as const).map((protocol) => ({
      protocol,
      ip,
      ...(announced !== ip && { announcedAddress: announced }),
      ...(portBase > 0 && { port: portBase + index }),
    }))
    return { worker, server: await worker.createWebRtcServer({ listenInfos }) }
  } catch (error) {
    worker.close()
    throw error
  }
}
