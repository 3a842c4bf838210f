import { createConnection } from 'node:net'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { sharedServersFolder } from './runFolder.ts'
import { type ServerKind, startServer } from './startServer.ts'

/** Whoever listens is not kept: some servers wait 10 s for open connections before they stop. */
const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

const kinds = [
  ['redis', 'REDIS_URL'],
  ['kafka', 'KAFKA_BROKERS'],
  ['mysql', 'MYSQL_URL'],
  ['mongo', 'MONGO_URL'],
  ['s3', 'S3_ENDPOINT'],
] as const satisfies readonly (readonly [ServerKind, string])[]

test.each(kinds)(
  'OPS-1: a real %s starts on a free port, comes back after a crash on the same one, and stops',
  async (kind, name) => {
    const server = await startServer(kind)
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(server.settings[name] ?? '')?.[1])
    try {
      expect(await listens(port)).toBe(true)
      // What it keeps goes with the test run's folder.
      expect(dirname(server.stopCommand.run)).toBe(process.env[sharedServersFolder])
      await server.kill()
      expect(await listens(port)).toBe(false)
      await server.start()
      expect(await listens(port)).toBe(true)
    } finally {
      await server.stop()
    }
    expect(await listens(port)).toBe(false)
  },
)
