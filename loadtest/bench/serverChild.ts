import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ProfileOrder, Usage } from './meter.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))

/** The real server, with all of it on, and what stands beside it. */
export const servers = {
  study: 'server/main.ts',
  ws: 'loadtest/bench/servers/ws.ts',
  colyseus: 'loadtest/bench/servers/colyseus.ts',
  socketIo: 'loadtest/bench/servers/socketIo.ts',
  worker: 'persistence/main.ts',
  socketIoRedis: 'loadtest/bench/servers/socketIoRedis.ts',
} as const
/** What `npm run bench` compares. */
export type ServerName = 'study' | 'ws' | 'colyseus' | 'socketIo'

export type ServerChild = {
  readonly url: string
  usage(collect?: boolean): Promise<Usage>
  profile(order: ProfileOrder): Promise<void>
  /** SIGKILL. */
  kill(): void
  stop(): Promise<void>
}

/** Starts one server alone in a process of its own, with this on top of its environment; resolves when it accepts. */
export async function startServerChild(name: keyof typeof servers, more: NodeJS.ProcessEnv = {}): Promise<ServerChild> {
  const folder = await mkdtemp(join(tmpdir(), 'studyhub-bench-'))
  const child = fork(join(project, servers[name]), {
    cwd: project,
    execArgv: ['--expose-gc', '--import', join(project, 'loadtest/bench/meter.ts')],
    env: { ...process.env, ...settings, DATA: folder, ...more },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    let out = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const address = /^[\w ]+: (http\S+)$/m.exec(out)?.[1]
      if (address) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`${name} ended (${code}) before it was up:\n${out}`)))
  })
  return {
    url,
    async usage(collect = false) {
      const seen = collect ? null : fromProc(child.pid)
      if (seen) return seen
      return new Promise((resolve) => {
        child.once('message', (usage) => resolve(usage as Usage))
        child.send(collect ? 'usage after collection' : 'usage')
      })
    },
    async profile(order) {
      const done = new Promise((resolve) => child.once('message', resolve))
      child.send(order)
      await done
    },
    kill() {
      child.kill('SIGKILL')
    },
    async stop() {
      // The others have nothing to put in order, and an overloaded one does not hear us for long.
      child.kill(name === 'study' || name === 'worker' ? 'SIGTERM' : 'SIGKILL')
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await ended
      clearTimeout(timer)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const settings = { PORT: '0', LOG_LEVEL: 'warn', RATE_FACTOR: '1000', NODE_ENV: 'production' }

/** Clock ticks of /proc a second; the same on all common Linux systems. */
const TICKS = 100

/** The kernel's own account, the same as `process.cpuUsage` gives, but also from a process too busy to answer. */
function fromProc(pid: number | undefined): Usage | null {
  if (process.platform !== 'linux' || pid === undefined) return null
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  const ticks = Number(fields[11]) + Number(fields[12])
  const rss = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
  return { cpu: (ticks / TICKS) * 1e6, memory: rss, rss }
}
