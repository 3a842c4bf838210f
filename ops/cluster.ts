// npm run cluster [-- --nodes 3 --workers 2]: several nodes and workers on this machine, with the real servers and a proxy in front.
// Servers that the environment names (REDIS_URL, KAFKA_BROKERS, …) are used as they are; the others are started with empty data, and
// installed or built at the first time. Ctrl-C drains and stops all that was started here.
import { randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Member, member } from './cluster/member.ts'
import { type RealServer, type ServerKind, startServer } from './servers/startServer.ts'

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

const servers: RealServer[] = []
const members: Member[] = []
const say = (line: string) => console.log(line)

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function start(kind: ServerKind, ...options: string[]): Promise<Readonly<Record<string, string>>> {
  const server = await startServer(kind, ...options)
  servers.push(server)
  return server.settings
}

async function run(nodes: number, workers: number): Promise<void> {
  const settings: Record<string, string> = {}
  for (const [kind, setting, ...options] of kinds) {
    if (process.env[setting] !== undefined) continue
    say(`starts ${kind} …`)
    Object.assign(settings, await start(kind, ...options))
  }
  const places = await Promise.all(
    Array.from({ length: nodes }, async (_, i) => ({ name: String.fromCharCode(97 + i), port: await freePort() })),
  )
  const proxy = await start('proxy', ...places.map(({ name, port }) => `${name}=127.0.0.1:${port}`))
  const origin = proxy['PROXY_URL'] ?? ''
  const shared = {
    ...settings,
    ...(process.env['KAFKA_BROKERS'] === undefined && { KAFKA_REPLICAS: '1' }),
    // Only mails are in it, where no mail server is given.
    DATA: await mkdtemp(join(tmpdir(), 'studyhub-cluster-')),
    HOST: '127.0.0.1',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
  }
  const node = {
    SECRET: process.env['SECRET'] ?? randomBytes(32).toString('base64url'),
    ORIGIN: origin,
    CLIENT_ADDRESS_HEADER: 'x-real-ip',
  }
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
  say(`mails: ${shared.DATA}/mail`)
  say(`StudyHub: ${origin}`)
}

async function ready(port: number): Promise<void> {
  while (!(await fetch(`http://127.0.0.1:${port}/readyz`)).ok) await sleep(200)
}

let ending = false
/** Nodes before the workers that take what they leave, and both before their servers. */
async function end(code: number): Promise<void> {
  if (ending) return
  ending = true
  for (const it of members) await it.stop()
  for (const server of servers.reverse()) await server.stop().catch((error: unknown) => console.error(String(error)))
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0))

try {
  await run(count(values.nodes), count(values.workers))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await end(1)
}
