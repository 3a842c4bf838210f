import { openRedis, type RedisAddress, type RedisLimits } from '../../redis/openRedis.ts'
import { type RedisLineOptions, redisLine } from '../../redis/redisLine.ts'
import { ledgerScripts } from './ledgerScripts.ts'
import { type RedisLedger, type RedisLedgerOptions, redisLedger } from './redisLedger.ts'

export type OpenRedisLedger = RedisLedgerOptions & RedisLimits & Omit<RedisLineOptions, 'scripts'>

/**
 * The ledger on a client of its own, so that nobody else's traffic or blocking command stands before a commit. Connects in
 * the background; until then every call waits for its time limit and then rejects with `LedgerUnavailable`.
 */
export function openRedisLedger(address: RedisAddress, options: OpenRedisLedger = {}): RedisLedger {
  const client = openRedis(address, options)
  const ledger = redisLedger(redisLine(client, { ...options, scripts: Object.values(ledgerScripts) }), options)
  return {
    ...ledger,
    async close() {
      await ledger.close()
      client.disconnect()
    },
  }
}
