import { randomUUID } from 'node:crypto'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Draft } from '#schemas/events/envelope.ts'
import { startServer } from '../../../../ops/servers/startServer.ts'
import type { Claimed, Ledger } from '../../../ports/ledger.ts'
import { type OpenRedisLedger, openRedisLedger } from '../openRedisLedger.ts'
import type { RedisLedger } from '../redisLedger.ts'

export const drafts = (count: number, name = 'e'): Draft[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `${name}-${i}-${randomUUID()}`,
    type: 'test.happened',
    version: 1,
    at: 1,
    actor: null,
    data: { i },
  }))

/** A Redis of its own, `appendfsync always`, which may lose what it was trusted with. Its starter stops it. */
export async function losableRedis() {
  const server = await startServer('redis', '--aof', 'always')
  const port = Number(new URL(server.settings['REDIS_URL'] ?? '').port)
  const data = join(server.stopCommand.run, `redis-${port}`, 'data')
  return {
    server,
    port,
    async crash() {
      await server.kill()
      await server.start()
    },
    async crashAndLoseAll() {
      await server.kill()
      await rm(data, { recursive: true })
      await server.start()
    },
    /** Keeps what is on disk now; what it answers brings the crashed server back to that. */
    async remember() {
      await cp(data, `${data}-before`, { recursive: true })
      return async () => {
        await server.kill()
        await rm(data, { recursive: true })
        await cp(`${data}-before`, data, { recursive: true })
        await server.start()
      }
    },
  }
}

/** The same until the end of the test, with ledgers on it. */
export async function redisUnderTest() {
  const redis = await losableRedis()
  onTestFinished(() => redis.server.stop())
  return {
    ...redis,
    /** A ledger that needs nobody to open a generation, unless told. */
    open(options: OpenRedisLedger = {}, by = redis.port): RedisLedger {
      const rules = { waitMs: 0, opensAlone: true, ...options.generations }
      const ledger = openRedisLedger({ url: `redis://127.0.0.1:${by}` }, { ...options, generations: rules })
      onTestFinished(() => ledger.close())
      return ledger
    },
  }
}

export async function claimed(ledger: Ledger, place: string, node: string): Promise<Claimed> {
  const claim = await ledger.claim(place, node)
  if ('owner' in claim) throw new Error(`owned by ${claim.owner}`)
  return claim
}
