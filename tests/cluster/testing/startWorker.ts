import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('../../..', import.meta.url))

export type WorkerProcess = { readonly child: ChildProcess; kill(): Promise<void> }

/** A real worker as a child process; resolves when its servers are reached. Rejects with what it wrote if it ends before that. */
export async function startWorker(env: Readonly<Record<string, string>>): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ['persistence/main.ts'], {
    cwd: project,
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let err = ''
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  const up = Promise.withResolvers<void>()
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      up.reject(new Error(`the worker ended (${code ?? signal}) before it was up:\n${err}`))
      resolve()
    })
  })
  child.stdout.on('data', (chunk: Buffer) => {
    if (chunk.toString().includes('StudyHub worker:')) up.resolve()
  })
  await up.promise
  return {
    child,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
