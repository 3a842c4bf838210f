import { createWorker, setLogEventListeners } from 'mediasoup'
import type { Router, RouterRtpCodecCapability, Worker } from 'mediasoup/types'
import { findWorker } from '../findWorker.ts'

export const codecs: RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
]

export type StartedWorker = {
  readonly worker: Worker
  readonly router: Router
  /** What it complained of its encrypted packets so far. */
  readonly complaints: () => readonly string[]
}

/** The machine's worker, with one router. One at a time per process: its log is the process' own. */
export async function startWorker(): Promise<StartedWorker> {
  const found = findWorker()
  if ('why' in found) throw new Error(`${found.why}; ${found.hint}`)
  const heard: string[] = []
  // What it could not decrypt it tells at the level of debugging only.
  const hear = (_: string, line: string) => {
    if (/srtp_\w+\(\) failed/.test(line)) heard.push(line)
  }
  setLogEventListeners({ ondebug: hear, onwarn: hear, onerror: hear })
  const worker = await createWorker({ workerBin: found.path, logLevel: 'debug', logTags: ['srtp'] })
  return { worker, router: await worker.createRouter({ mediaCodecs: codecs }), complaints: () => [...heard] }
}
