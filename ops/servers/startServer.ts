import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { lane } from '../lane.ts'
import { runFolder } from './runFolder.ts'

export type ServerKind = 'redis' | 'kafka' | 'mysql' | 'mongo' | 's3' | 'proxy'

/**
 * One real server on loopback, started by its script in this folder. `settings` are what the script printed
 * (`REDIS_URL`, `KAFKA_BROKERS`, …), ready to be a process' environment.
 */
export interface RealServer {
  readonly settings: Readonly<Record<string, string>>
  /** Any other command of the script, with the options the server was started with: `run('pause')`, `run('kill', '2')`. */
  run(command: string, ...options: string[]): Promise<string>
  /** SIGKILL: a crash. Data stays. */
  kill(): Promise<void>
  /** SIGSTOP: the server (of several brokers the first) holds its connections and answers nothing. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** After `kill` or `stop`: the same address, the same data. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Ends it at once, for another process to run it, once nobody wants its data any more: some take 10 s to stop. */
  readonly stopCommand: StopCommand
}

export interface StopCommand {
  readonly file: string
  readonly args: readonly string[]
  /** The folder the script keeps its servers in (`STUDYHUB_RUN`). */
  readonly run: string
}

export const scriptOf = (kind: ServerKind) => join(import.meta.dirname, `${kind}.sh`)

/** In a process group of its own: a Ctrl-C in the terminal does not leave a server behind that nobody knows of. */
async function runScript(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let printed = ''
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  child.once('error', reject)
  child.once('close', (code, signal) =>
    code === 0 ? resolve() : reject(new Error(`${file} ${args.join(' ')} ended with ${code ?? signal}:\n${said}`)),
  )
  await promise
  return printed
}

function parseSettings(printed: string) {
  const pairs = printed.split('\n').flatMap((line) => {
    const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(pairs)
}

/** Where the script is told to keep its server: Kafka's by folder, the others' by port. */
async function placeOf(kind: ServerKind, run: string, settings: Record<string, string>) {
  if (kind === 'kafka') return ['--data', run]
  const address = Object.values(settings).find((value) => /:\d+/.test(value)) ?? ''
  const port = /127\.0\.0\.1:(\d+)/.exec(address)?.[1]
  if (port === undefined) throw new Error(`${kind}.sh printed no address: ${JSON.stringify(settings)}`)
  return ['--port', port]
}

/**
 * Starts a new server of `kind` on a free port with empty data and waits until it answers. The first time on a machine
 * the script installs or builds the server (up to two minutes). The caller stops it.
 *
 * @throws with the script's own words when the server cannot be had or does not answer.
 */
export async function startServer(kind: ServerKind, ...options: string[]): Promise<RealServer> {
  const run = await runFolder(kind)
  const env = { ...process.env, STUDYHUB_RUN: run, STUDYHUB_LANE: String(lane()) }
  const call = async (command: string, ...more: string[]) => {
    return runScript(scriptOf(kind), [command, ...more], env)
  }
  const first = kind === 'kafka' ? ['--port', 'auto', '--data', run] : ['--port', '0']
  const printed = await call('start', ...first, ...options).catch(async (error: unknown) => {
    await rm(run, { recursive: true, force: true })
    throw error
  })
  const settings = parseSettings(printed)
  // Of a cluster of Redis every command is meant for all its masters.
  const all = options.includes('--cluster') ? ['--cluster'] : []
  const place = [...(await placeOf(kind, run, settings)), ...all]
  const brokers = kind === 'kafka' ? ['1'] : []
  const done = async (command: string, ...more: string[]) => {
    await call(command, ...more, ...place)
  }
  return {
    settings,
    run: (command, ...more) => call(command, ...more, ...place),
    kill: () => (kind === 'kafka' ? done('stop', '-9') : done('kill')),
    pause: () => done('pause', ...brokers),
    resume: () => done('resume', ...brokers),
    start: () => done('start', ...options),
    stop: () => done('stop'),
    stopCommand: { file: scriptOf(kind), args: [...(kind === 'kafka' ? ['stop', '-9'] : ['kill']), ...place], run },
  }
}
