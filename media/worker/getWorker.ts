import { existsSync } from 'node:fs'
import { buildWorker, isWorkerBuilt } from './buildWorker.ts'
import { checkWorker } from './checkWorker.ts'
import { downloadWorker } from './downloadWorker.ts'
import { type MediasoupPackage, mediasoupPackage } from './mediasoupPackage.ts'
import { WorkerProblem } from './WorkerProblem.ts'
import { workerPlaces } from './workerPlaces.ts'

export type GetWorkerDeps = {
  readonly env: NodeJS.ProcessEnv
  readonly installed: MediasoupPackage
  /** Progress, a line each. */
  readonly say: (line: string) => void
  readonly build: typeof buildWorker
  readonly isBuilt: typeof isWorkerBuilt
}

const ours = (): GetWorkerDeps => ({
  env: process.env,
  installed: mediasoupPackage(),
  say: (line) => console.log(`media worker: ${line}`),
  build: buildWorker,
  isBuilt: isWorkerBuilt,
})

const reason = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

/**
 * Makes sure that this machine has a media worker that runs, and answers its path: the one that `MEDIASOUP_WORKER_BIN` names, one that is there,
 * the package's prebuilt one, one built from the package's source. Throws WorkerProblem. Afterwards `findWorker` answers the same.
 */
export async function getWorker(given: Partial<GetWorkerDeps> = {}): Promise<string> {
  const { env, installed, say, build, isBuilt } = { ...ours(), ...given }
  const { named, own, cached } = workerPlaces(env, installed)
  if (named !== undefined) {
    const problem = await checkWorker(named)
    if (problem !== undefined)
      throw new WorkerProblem(`MEDIASOUP_WORKER_BIN names ${named}, which does not run: ${problem}`)
    return named
  }
  if (existsSync(own)) {
    const problem = await checkWorker(own)
    if (problem === undefined) return own
    throw new WorkerProblem(`${own} does not run: ${problem}; remove it to get another`)
  }
  if (await isBuilt(installed.folder, cached)) return cached
  if (!env['MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD']) {
    say(`fetching the prebuilt mediasoup-worker ${installed.version}`)
    try {
      await downloadWorker(env, installed, own)
      return own
    } catch (error) {
      say(`no prebuilt one: ${reason(error)}`)
    }
  }
  say('building it from the source in the package')
  await build(installed.folder, cached)
  return cached
}
