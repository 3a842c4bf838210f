import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RealServer, type ServerKind, startServer } from '../../ops/servers/startServer.ts'

export type RealServers = {
  readonly redisUrl: string
  /** The environment of the nodes and workers of one run: the same accounts, a ledger, an event log and an archive of its own. */
  env(): Readonly<Record<string, string>>
  stop(): Promise<void>
}

const kinds = [
  ['redis', '--aof', 'always'],
  ['mysql'],
  ['mongo'],
  ['s3'],
  ['kafka'],
] as const satisfies readonly (readonly [ServerKind, ...string[]])[]

/** The servers of a cluster, new and empty, as `npm run cluster` starts them. */
export async function startRealServers(say: (line: string) => void): Promise<RealServers> {
  const started: RealServer[] = []
  const folder = await mkdtemp(join(tmpdir(), 'studyhub-load-'))
  const stop = async () => {
    for (const server of started.reverse()) await server.stop().catch((error: unknown) => console.error(String(error)))
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const settings: Record<string, string> = {}
    for (const [kind, ...options] of kinds) {
      say(`starts ${kind} …`)
      const server = await startServer(kind, ...options)
      started.push(server)
      Object.assign(settings, server.settings)
    }
    const common = {
      ...{
        ...settings,
        DATA: folder,
        HOST: '127.0.0.1',
        LOG_LEVEL: 'error',
        SECRET: randomBytes(32).toString('base64url'),
      },
      KAFKA_REPLICAS: '1',
    }
    let runs = 0
    return {
      redisUrl: settings['REDIS_URL'] ?? '',
      env: () => {
        const name = `load${++runs}`
        // An archive too: what it keeps of an earlier run's rooms would be woken in a ledger that has never heard of them.
        return { ...common, REDIS_PREFIX: name, KAFKA_PREFIX: name, MONGO_URL: databaseIn(settings['MONGO_URL'], name) }
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function databaseIn(url: string | undefined, name: string): string {
  const it = new URL(url ?? '')
  it.pathname = `/${name}`
  return it.href
}
