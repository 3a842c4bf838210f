import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { WorkerProblem } from './WorkerProblem.ts'

const SCRIPT = join(import.meta.dirname, 'recipe/build.sh')
const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs the recipe in a process group of its own, so that what stops us stops its compilers. The exit code; 127 where there is no bash. */
async function recipe(args: readonly string[], stdio: 'inherit' | 'ignore'): Promise<number> {
  const child = spawn('bash', [SCRIPT, ...args], { stdio: ['ignore', stdio, stdio], detached: true })
  const stop = (signal: NodeJS.Signals) => child.pid !== undefined && process.kill(-child.pid, signal)
  for (const signal of STOPS) process.on(signal, stop)
  try {
    const [code] = (await once(child, 'close')) as [number | null]
    return code ?? 1
  } catch {
    return 127
  } finally {
    for (const signal of STOPS) process.off(signal, stop)
  }
}

/** Whether `output` is there, runs, and is what a build would make now; changes nothing. */
export const isWorkerBuilt = async (packageFolder: string, output: string): Promise<boolean> =>
  (await recipe(['--check', packageFolder, output], 'ignore')) === 0

/** Builds it: minutes, told on the terminal. Another build of the same output is waited for and its result taken. */
export async function buildWorker(packageFolder: string, output: string): Promise<void> {
  const code = await recipe([packageFolder, output], 'inherit')
  if (code === 127)
    throw new WorkerProblem('it can be built on Debian and Ubuntu only; elsewhere MEDIASOUP_WORKER_BIN can name one')
  if (code === 3) throw new WorkerProblem('then run this again', code)
  if (code !== 0) throw new WorkerProblem('it could not be built, see above', code)
}
