import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('../../..', import.meta.url))

/** Of a test that fails nothing goes on running. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export type WorkerProcess = {
  /** Where it answers; rejects with what it wrote to standard error if it ends before. */
  readonly up: Promise<string>
  readonly ended: Promise<number | null>
  readonly child: ChildProcess
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
  stderr(): string
  stdout(): string
}

/** A process of the project, with nothing of the environment's that names a server. */
export function startWorkerProcess(
  env: Readonly<Record<string, string>>,
  args: readonly string[] = ['persistence/main.ts'],
): WorkerProcess {
  const { PATH, HOME, TMPDIR } = process.env
  const child = spawn(process.execPath, args, {
    cwd: project,
    env: { PATH, HOME, TMPDIR, PORT: '0', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let out = ''
  let err = ''
  const up = Promise.withResolvers<string>()
  // Who starts one that is to end does not ask where it answers.
  up.promise.catch(() => undefined)
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    const address = /^StudyHub worker: (\S+)$/m.exec(out)?.[1]
    if (address) up.resolve(address)
  })
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child)
      up.reject(new Error(`the worker ended (${code ?? signal}):\n${err}`))
      resolve(code)
    })
  })
  return {
    ...{ up: up.promise, ended, child, stderr: () => err, stdout: () => out },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
