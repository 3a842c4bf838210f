import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('../..', import.meta.url))

export type StartOptions = {
  /** Kept after `stop`; without it a temporary folder is used and removed. */
  readonly dataDir?: string
  /** Beside or instead of a free port, quiet logs, wide rate limits and no media. */
  readonly env?: Readonly<Record<string, string>>
  /** Runs it as another user; for root only. */
  readonly uid?: number
}

export type Started = {
  readonly url: string
  readonly child: ChildProcess
  readonly dataDir: string
  /** Everything written to standard error so far. */
  stderr(): string
  /** SIGTERM and the drain; resolves with the exit code. */
  stop(): Promise<number | null>
  /** SIGKILL; resolves when the process is gone. The folder stays. */
  kill(): Promise<void>
}

/**
 * Starts the real server as a child process on a free port and resolves when it accepts requests. Rejects with what it
 * wrote to standard error if it ends before that.
 */
export async function startServer({ dataDir, env = {}, uid }: StartOptions = {}): Promise<Started> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'studyhub-')))
  // The next one finds this one's code compiled: a third of what a start costs.
  const NODE_COMPILE_CACHE = join(tmpdir(), 'studyhub-compiled')
  const usual = { PORT: '0', LOG_LEVEL: 'warn', RATE_FACTOR: '1000', MEDIA: 'off', NODE_COMPILE_CACHE }
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: project,
    env: { ...process.env, ...usual, DATA: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid }),
  })
  let out = ''
  let err = ''
  const up = Promise.withResolvers<string>()
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code, signal) => {
      up.reject(new Error(`the server ended (${code ?? signal}) before it was up:\n${err}`))
      resolve(code)
    })
  })
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    const address = /^StudyHub: (\S+)$/m.exec(out)?.[1]
    if (address) up.resolve(address)
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  const clean = async () => {
    if (dataDir === undefined) await rm(folder, { recursive: true, force: true })
  }
  try {
    const url = await up.promise
    return {
      ...{ url, child, dataDir: folder },
      stderr: () => err,
      async stop() {
        child.kill('SIGTERM')
        const code = await ended
        await clean()
        return code
      },
      async kill() {
        child.kill('SIGKILL')
        await ended
      },
    }
  } catch (error) {
    await clean()
    throw error
  }
}
