import type { Kysely } from 'kysely'
import { type Interval, mergedWithin } from '#schemas/time/intervals.ts'
import { perDay } from '#schemas/time/ownDays.ts'
import type { Database } from '../database.ts'
import { insertRows } from '../dialect.ts'
import { inTransaction } from '../inTransaction.ts'
import { lockStudy } from './lockStudy.ts'
import { zonesOfUser } from './zones.ts'

export type Rebuilt = {
  readonly members: number
  readonly days: number
  /** Rows that were missing, too many or different before. */
  readonly changed: number
}

/**
 * Works out all rows of days from the intervals alone, member by member, each in one transaction; readers see the old rows or
 * the new ones. May run beside a working node.
 */
export async function rebuildDays(db: Kysely<Database>): Promise<Rebuilt> {
  const members = await db
    .selectFrom('study_interval')
    .select('user_id')
    .union(db.selectFrom('study_day').select('user_id'))
    .execute()
  const sum = { members: members.length, days: 0, changed: 0 }
  for (const { user_id: user } of members) {
    const { days, changed } = await rebuildMember(db, user)
    sum.days += days
    sum.changed += changed
  }
  return sum
}

function rebuildMember(db: Kysely<Database>, user: string): Promise<{ days: number; changed: number }> {
  return inTransaction(db, async (trx) => {
    await lockStudy(trx, [{ user, lastStudiedAt: 0 }])
    const rows = await trx.selectFrom('study_interval').selectAll().where('user_id', '=', user).execute()
    const last = rows.reduce((max, row) => Math.max(max, row.ended_at), 0)
    await lockStudy(trx, [{ user, lastStudiedAt: last }])
    const intervals: Interval[] = rows.map((row) => ({ from: row.started_at, to: row.ended_at }))
    const merged = mergedWithin(intervals, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
    const right = perDay(await zonesOfUser(trx, user), merged)
    const stored = await trx.selectFrom('study_day').select(['day', 'total_ms']).where('user_id', '=', user).execute()
    const before = new Map(stored.map((row) => [row.day, row.total_ms]))
    const names = new Set([...before.keys(), ...right.keys()])
    const changed = [...names].filter((day) => before.get(day) !== right.get(day)).length
    if (changed > 0) {
      await trx.deleteFrom('study_day').where('user_id', '=', user).execute()
      await insertRows(
        trx,
        'study_day',
        [...right].map(([day, total_ms]) => ({ user_id: user, day, total_ms })),
      )
    }
    return { days: right.size, changed }
  })
}
