import { createHmac } from 'node:crypto'
import type { TriesBook } from '../ports/tries.ts'
import { openRedis, type RedisAddress, type RedisLimits } from '../redis/openRedis.ts'
import { RedisAway } from '../redis/RedisAway.ts'
import { redisLine } from '../redis/redisLine.ts'
import { redisScript } from '../redis/redisScript.ts'
import { Tries } from './tries.ts'

const read = (name: string) => redisScript(new URL(`./scripts/${name}.lua`, import.meta.url))
const scripts = { take: read('take'), refund: read('refund') }

/** A sign-in waits for its count no longer than this; then the node's own counts. */
const PATIENCE_MS = 500

export type RedisTriesOptions = RedisLimits & {
  /** Before each key. */
  readonly prefix?: string
  /** What is counted are addresses: in Redis they stand hashed by this, which all nodes have. */
  readonly secret: string
}

/** The book of all nodes: one key with an end per limit and what is counted. */
export function redisTries(address: RedisAddress, options: RedisTriesOptions): TriesBook {
  const { prefix = '', secret } = options
  const client = openRedis(address, options)
  const line = redisLine(client, { scripts: Object.values(scripts), timeLimitMs: PATIENCE_MS })
  return {
    limit(name, rule) {
      const own = new Tries(rule)
      const keyOf = (key: string) =>
        `${prefix}tries:${name}:${createHmac('sha256', secret).update(key).digest('base64url')}`
      return {
        async take(key) {
          const alone = own.take(key)
          const asked = line.run(scripts.take, [keyOf(key)], [rule.max, rule.withinMs])
          return Number(await asked.catch(otherwise(alone)))
        },
        async refund(key) {
          own.refund(key)
          await line.run(scripts.refund, [keyOf(key)], []).catch(otherwise(null))
        },
      }
    },
    async close() {
      client.disconnect()
    },
  }
}

const otherwise =
  <T>(answer: T) =>
  (error: unknown): T => {
    if (error instanceof RedisAway) return answer
    throw error
  }
