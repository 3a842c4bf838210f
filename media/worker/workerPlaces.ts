import { homedir } from 'node:os'
import { join } from 'node:path'
import type { MediasoupPackage } from './mediasoupPackage.ts'

/** Where a worker may be, in the order in which it is looked for. */
export type WorkerPlaces = {
  /** What `MEDIASOUP_WORKER_BIN` names: if set, no other place counts. */
  readonly named?: string
  /** Where the package itself puts what it downloads; lost with `node_modules`. */
  readonly own: string
  /** Where a build goes: outside the checkout, one per version. */
  readonly cached: string
}

export function workerPlaces(env: NodeJS.ProcessEnv, { folder, version }: MediasoupPackage): WorkerPlaces {
  const named = env['MEDIASOUP_WORKER_BIN']
  const cache = env['STUDYHUB_CACHE'] || join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'studyhub')
  const name = process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker'
  return {
    ...(named && { named }),
    own: join(folder, 'worker/out/Release', name),
    cached: join(cache, `mediasoup-${version}`, name),
  }
}
