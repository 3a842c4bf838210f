import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorkerProcess } from '#persistence/worker/testing/startWorkerProcess.ts'

/** Servers that take every connection and never say a word: the slowest way to be away. */
let silent: Server[]
let env: Record<string, string>
beforeAll(async () => {
  silent = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const server = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1')
      await once(server, 'listening')
      return server
    }),
  )
  const [redis, kafka, mysql, mongo, s3] = silent.map((it) => `127.0.0.1:${(it.address() as AddressInfo).port}`)
  env = {
    ...{
      REDIS_URL: `redis://u:hidden@${redis}`,
      KAFKA_BROKERS: String(kafka),
      MYSQL_URL: `mysql://u:hidden@${mysql}/x`,
    },
    ...{ MONGO_URL: `mongodb://u:hidden@${mongo}/x`, S3_ENDPOINT: `http://${s3}`, S3_BUCKET: 'bucket' },
    ...{ S3_ACCESS_KEY_ID: 'key', S3_SECRET_ACCESS_KEY: 'hidden', SECRET: 'hidden'.repeat(8) },
    ...{ ORIGIN: 'http://127.0.0.1:9', PUBLIC_ADDRESS: '127.0.0.1:9' },
  }
})
afterAll(() => {
  for (const server of silent) server.close()
})

// Seconds, of which half a minute is a busy machine's.
test.each(['server/main.ts', 'persistence/main.ts'])(
  'SERVER-44: %s tells all servers that do not answer in one list, within seconds',
  async (script) => {
    const from = performance.now()
    const { ended, stderr } = startWorkerProcess(env, [script])
    expect(await ended).toBe(1)
    expect(performance.now() - from).toBeLessThan(30_000)
    const told = stderr()
    for (const name of ['REDIS_URL', 'KAFKA_BROKERS', 'MYSQL_URL', 'MONGO_URL', 'S3_ENDPOINT'])
      expect(told.split('\n').filter((line) => line.startsWith(`  ${name}: `))).toHaveLength(1)
    expect(told).not.toContain('hidden')
    expect(told).not.toMatch(/^\s+at /m)
  },
)
