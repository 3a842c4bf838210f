import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sharedServersFolder } from './runFolder.ts'
import { type ServerKind, type StopCommand, startServer } from './startServer.ts'

/** What a machine that has its own servers says about them: then nothing is started. */
const given = {
  redis: 'REDIS_URL',
  kafka: 'KAFKA_BROKERS',
  mysql: 'MYSQL_URL',
  mongo: 'MONGO_URL',
  s3: 'S3_ENDPOINT',
  proxy: 'PROXY_URL',
} as const satisfies Record<ServerKind, string>

type Settings = Readonly<Record<string, string | undefined>>

async function startNoted(kind: ServerKind, note: string): Promise<Settings> {
  const server = await startServer(kind)
  await writeFile(`${note}.new`, JSON.stringify({ settings: server.settings, stop: server.stopCommand }))
  await rename(`${note}.new`, `${note}.json`)
  return server.settings
}

const taken = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EEXIST'

/** Of several processes one starts it; the others wait for its note, and should it fail the next one tries. */
async function startOnce(kind: ServerKind, note: string): Promise<Settings> {
  for (;;) {
    const kept = await readFile(`${note}.json`, 'utf8').catch(() => undefined)
    if (kept !== undefined) return (JSON.parse(kept) as { settings: Settings }).settings
    try {
      await mkdir(`${note}.starting`)
    } catch (error) {
      if (!taken(error)) throw error
      await sleep(50)
      continue
    }
    try {
      return await startNoted(kind, note)
    } catch (error) {
      await rm(`${note}.starting`, { recursive: true })
      throw error
    }
  }
}

/**
 * The settings of a server that all test files of a run share, started at the first call. A file keeps to names of its own
 * in it (a database, a key prefix, a topic prefix). Tests that kill or pause take a `startServer` of their own.
 */
export async function sharedServer(kind: ServerKind): Promise<Settings> {
  if (process.env[given[kind]] !== undefined) return process.env
  const folder = process.env[sharedServersFolder]
  if (folder === undefined) throw new Error('run these tests by `npm run test:servers`')
  return startOnce(kind, join(folder, kind))
}

/** The stop commands of what the tests of a run started, for whoever made its folder. */
export async function startedIn(folder: string): Promise<StopCommand[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'))
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')).stop))
}
