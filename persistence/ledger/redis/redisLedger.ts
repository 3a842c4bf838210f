import { type Ledger, LedgerUnavailable } from '../../ports/ledger.ts'
import type { PlaceParking } from '../../ports/placeParking.ts'
import { RedisAway } from '../../redis/RedisAway.ts'
import type { RedisLine } from '../../redis/redisLine.ts'
import { ledgerAppends } from './appends.ts'
import { type GenerationRules, ledgerContext } from './context.ts'
import { dirtyIndex } from './dirtyIndex.ts'
import { ledgerKeys } from './ledgerKeys.ts'
import { ledgerNodes } from './nodes.ts'
import { ledgerParking } from './parking.ts'
import { ledgerPlaces } from './places.ts'
import { ledgerUsers } from './users.ts'

export type RedisLedgerOptions = {
  /** Before every key, so that several StudyHubs can share a server. */
  readonly prefix?: string
  readonly generations?: Partial<GenerationRules>
}

export type RedisLedger = Ledger & PlaceParking

/** The ledger's distributed half. Redis' own clock is the clock. The line's client is closed by who opened it. */
export function redisLedger(line: RedisLine, options: RedisLedgerOptions = {}): RedisLedger {
  const { prefix = 'studyhub:', generations } = options
  const context = ledgerContext(line, ledgerKeys(prefix), { waitMs: 10_000, opensAlone: false, ...generations })
  const { keys, run } = context
  const dirty = dirtyIndex(context)
  const nodes = ledgerNodes(context)
  return guarded({
    ...nodes,
    ...ledgerPlaces(context, dirty),
    ...ledgerAppends(context, dirty, nodes.generation),
    ...ledgerUsers(context),
    ...ledgerParking(context),
    async setDue(place, at) {
      await line.call(at === null ? ['ZREM', keys.due, place] : ['ZADD', keys.due, at, place])
    },
    async due(limit) {
      const pairs = (await run('due', [keys.due], limit)) as string[]
      return Array.from({ length: pairs.length / 2 }, (_, i) => ({
        place: pairs[i * 2] ?? '',
        at: Number(pairs[i * 2 + 1]),
      }))
    },
    async close() {
      dirty.stop()
    },
  })
}

/** The same ledger, which says `LedgerUnavailable` where Redis is away. */
function guarded(ledger: RedisLedger): RedisLedger {
  const methods = Object.entries(ledger).map(([name, method]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await Reflect.apply(method, undefined, args)
      } catch (error) {
        if (error instanceof RedisAway) throw new LedgerUnavailable(error.message, { cause: error })
        throw error
      }
    },
  ])
  return Object.fromEntries(methods) as RedisLedger
}
