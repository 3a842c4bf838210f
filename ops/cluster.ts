// npm run cluster [-- --nodes 3 --workers 2]: several nodes and workers on this machine, with the real servers and a proxy in front.
// Servers that the environment names (REDIS_URL, KAFKA_BROKERS, …) are used as they are; the others are started with empty data, and
// installed or built at the first time. Ctrl-C drains and stops all that was started here.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Member, member } from './cluster/member.ts'
import { freePort } from './freePort.ts'
import { type RealServer, type ServerKind, scriptOf, startServer } from './servers/startServer.ts'

const { values } = parseArgs({ options: { nodes: { type: 'string' }, workers: { type: 'string' } } })
const count = (given: string | undefined): number => {
  const n = Number(given ?? 2)
  if (!Number.isInteger(n) || n < 1 || n > 20) throw new Error('--nodes and --workers take a number from 1 to 20')
  return n
}

const kinds = [
  ['redis', 'REDIS_URL', '--aof', 'always'],
  ['mysql', 'MYSQL_URL'],
  ['mongo', 'MONGO_URL'],
  ['s3', 'S3_ENDPOINT'],
  ['kafka', 'KAFKA_BROKERS'],
] as const satisfies readonly (readonly [ServerKind, string, ...string[]])[]

const starts: Promise<RealServer>[] = []
const folders: string[] = []
const members: Member[] = []
const say = (line: string) => console.log(line)
const told = new Set<unknown>()
function tell(error: unknown): void {
  if (!told.has(error)) console.error(error instanceof Error ? error.message : error)
  told.add(error)
}
let ending = false
function mayStart(): void {
  if (ending) throw new Error('stopped before it was up')
}

/** At the first time this takes minutes, and says what it does. */
async function install(kind: ServerKind): Promise<void> {
  const [code] = await once(spawn(scriptOf(kind), ['install'], { stdio: ['ignore', 'ignore', 'inherit'] }), 'close')
  if (code !== 0) throw new Error(`${kind} could not be installed`)
}

async function start(kind: ServerKind, ...options: string[]): Promise<Readonly<Record<string, string>>> {
  mayStart()
  const starting = startServer(kind, ...options)
  starts.push(starting)
  return (await starting).settings
}

/** The settings of all servers that the environment does not name. */
async function realServers(): Promise<Readonly<Record<string, string>>> {
  const missing = kinds.filter(([, setting]) => process.env[setting] === undefined)
  for (const kind of [...missing.map(([it]) => it), 'proxy'] as const) await install(kind)
  if (missing.length > 0) say(`starts ${missing.map(([kind]) => kind).join(', ')} …`)
  const settings = await Promise.all(missing.map(([kind, , ...options]) => start(kind, ...options)))
  return Object.assign({}, ...settings)
}

async function run(nodes: number, workers: number): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'studyhub-cluster-'))
  folders.push(data)
  const settings = await realServers()
  const places = await Promise.all(
    Array.from({ length: nodes }, async (_, i) => ({ name: String.fromCharCode(97 + i), port: await freePort() })),
  )
  const proxy = await start('proxy', ...places.map(({ name, port }) => `${name}=127.0.0.1:${port}`))
  const origin = proxy['PROXY_URL'] ?? ''
  const shared = {
    ...settings,
    ...(process.env['KAFKA_BROKERS'] === undefined && { KAFKA_REPLICAS: '1' }),
    // Only mails are in it, where no mail server is given.
    DATA: data,
    HOST: '127.0.0.1',
    // Free ones for each node: they share this machine.
    MEDIA_PORT: '0',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
  }
  const node = {
    SECRET: process.env['SECRET'] ?? randomBytes(32).toString('base64url'),
    ORIGIN: origin,
    CLIENT_ADDRESS_HEADER: 'x-real-ip',
  }
  mayStart()
  for (const { name, port } of places) {
    const own = { PORT: String(port), PUBLIC_ADDRESS: `${new URL(origin).host}/n/${name}` }
    members.push(member(`node ${name}`, 'server/main.ts', { ...shared, ...node, ...own }, say))
  }
  for (let i = 1; i <= workers; i++)
    members.push(member(`worker ${i}`, 'persistence/main.ts', { ...shared, PORT: '0' }, say))
  await Promise.all(members.map((it) => it.up))
  say('waits until the ledger takes rooms (a new one: 10 s) …')
  for (const { port } of places) await ready(port)
  for (const { name, port } of places) say(`node ${name}: http://127.0.0.1:${port}, for sockets ${origin}/n/${name}`)
  say(`mails: ${data}/mail`)
  say(`StudyHub: ${origin}`)
}

async function ready(port: number): Promise<void> {
  while (!(await fetch(`http://127.0.0.1:${port}/readyz`)).ok) await sleep(200)
}

async function remove(starting: Promise<RealServer>): Promise<void> {
  try {
    const server = await starting
    await server.stop()
    folders.push(server.stopCommand.run)
  } catch (error) {
    tell(error)
  }
}

/** Nodes before the workers that take what they leave, and both before their servers; a server that still starts is waited for. */
async function end(code: number): Promise<void> {
  if (ending) return
  ending = true
  say('stops …')
  const [nodes, workers] = [true, false].map((of) => members.filter(({ name }) => name.startsWith('node') === of))
  for (const some of [nodes, workers]) await Promise.all((some ?? []).map((it) => it.stop()))
  await Promise.all(starts.map(remove))
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0))

try {
  await run(count(values.nodes), count(values.workers))
} catch (error) {
  if (!ending) tell(error)
  await end(1)
}
