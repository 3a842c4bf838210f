import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { MARKED_DEAD } from '../../persistence/process/exitCodes.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))

export type Member = {
  readonly name: string
  /** Resolves when it has told its address; rejects with what it said if it ended before. */
  readonly up: Promise<void>
  readonly pid: () => number | undefined
  /** SIGTERM; resolves when it has ended. */
  stop(): Promise<void>
}

/**
 * One process of the cluster, watched over: one that was marked dead is started anew, one that was killed stays away. It has a
 * process group of its own, so that Ctrl-C in the terminal reaches it once, from here.
 */
export function member(
  name: string,
  script: string,
  env: Readonly<Record<string, string>>,
  say: (line: string) => void,
): Member {
  let child: ChildProcess | undefined
  let gone: Promise<void> = Promise.resolve()
  let stopping = false
  const up = Promise.withResolvers<void>()

  function begin(): void {
    const started = spawn(process.execPath, [script], {
      cwd: project,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    })
    child = started
    started.stdout.on('data', (chunk: Buffer) => {
      if (!/^StudyHub/m.test(chunk.toString())) return
      say(`${name} is up (pid ${started.pid})`)
      up.resolve()
    })
    gone = new Promise((resolve) => {
      started.once('exit', (code, signal) => {
        resolve()
        if (stopping) return
        say(`${name} ended (${signal ?? code})`)
        up.reject(new Error(`${name} did not start`))
        if (code === MARKED_DEAD) begin()
      })
    })
  }
  begin()
  return {
    name,
    up: up.promise,
    pid: () => child?.pid,
    async stop() {
      stopping = true
      child?.kill('SIGTERM')
      await gone
    },
  }
}
