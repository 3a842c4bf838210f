import { accessSync, constants, statSync } from 'node:fs'
import { type MediasoupPackage, mediasoupPackage } from './mediasoupPackage.ts'
import { workerPlaces } from './workerPlaces.ts'

export type FoundWorker = { readonly path: string }
/** `why` it is missing and what to do about it: one line each, for people. */
export type NoWorker = { readonly why: string; readonly hint: string }

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Where the media worker is: only looks, starts nothing (whether it runs is for `checkWorker`). */
export function findWorker(
  env: NodeJS.ProcessEnv = process.env,
  installed: MediasoupPackage = mediasoupPackage(),
): FoundWorker | NoWorker {
  const { named, own, cached } = workerPlaces(env, installed)
  if (named !== undefined) {
    if (isProgram(named)) return { path: named }
    return {
      why: `MEDIASOUP_WORKER_BIN names ${named}, which is not a program`,
      hint: 'name a mediasoup-worker, or unset it and run: npm run media:worker',
    }
  }
  const path = [own, cached].find(isProgram)
  if (path !== undefined) return { path }
  return {
    why: `this machine has no mediasoup-worker ${installed.version}`,
    hint: 'to get voice, video and screen share: npm run media:worker',
  }
}
