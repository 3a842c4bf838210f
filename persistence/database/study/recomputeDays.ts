import type { Transaction } from 'kysely'
import { type Interval, lengthOf, mergedWithin } from '#schemas/time/intervals.ts'
import { daysOf, spansOf, type Zones } from '#schemas/time/ownDays.ts'
import type { Database, Db } from '../database.ts'
import { upsert } from '../dialect.ts'
import { prepared } from '../prepared.ts'
import type { StudyDayTable } from './studyTables.ts'

/** A member's days whose rows are to be worked out anew, with the zones they lie in. */
export type DaysWanted = { readonly user: string; readonly zones: Zones; readonly days: ReadonlySet<string> }

type Part = { readonly user: string; readonly day: string; readonly span: Interval }

/**
 * Writes the rows of these days as the intervals give them: the same intervals, the same rows, however often. The caller holds
 * the members' locks (`lockStudy`).
 */
export async function recomputeDays(trx: Transaction<Database>, wanted: readonly DaysWanted[]): Promise<void> {
  const totals = new Map<string, StudyDayTable>()
  const parts: Part[] = []
  for (const { user, zones, days } of wanted)
    for (const day of days) {
      totals.set(`${user} ${day}`, { user_id: user, day, total_ms: 0 })
      for (const span of spansOf(zones, day)) parts.push({ user, day, span })
    }
  // Members of one zone share their days: one question for all of them.
  for (const group of Map.groupBy(parts, ({ span }) => `${span.from} ${span.to}`).values()) {
    const span = group[0]?.span
    if (!span) continue
    const intervals = await intervalsWithin(trx, [...new Set(group.map(({ user }) => user))], span)
    for (const { user, day } of group) {
      const row = totals.get(`${user} ${day}`)
      if (row) row.total_ms += lengthOf(mergedWithin(intervals.get(user) ?? [], span.from, span.to))
    }
  }
  await upsert(trx, 'study_day', [...totals.values()], { keys: ['user_id', 'day'], set: ['total_ms'] })
}

/** Works out anew every day that study after `at` lies on, or lay on by other zones; a day without study has no row. */
export async function recomputeSince(
  trx: Transaction<Database>,
  user: string,
  at: number,
  histories: readonly Zones[],
): Promise<void> {
  const zones = histories.at(-1)
  if (!zones) return
  const rows = await trx
    .selectFrom('study_interval')
    .select(['started_at', 'ended_at'])
    .where('user_id', '=', user)
    .where('ended_at', '>', at)
    .execute()
  const later = rows.map((row) => ({ from: Math.max(row.started_at, at), to: row.ended_at }))
  const days = new Set(histories.flatMap((history) => later.flatMap((interval) => daysOf(history, interval))))
  if (days.size === 0) return
  await recomputeDays(trx, [{ user, zones, days }])
  await trx.deleteFrom('study_day').where('user_id', '=', user).where('total_ms', '=', 0).execute()
}

const intervalsOf = prepared((db: Db, users: readonly string[], from: number, to: number) =>
  db
    .selectFrom('study_interval')
    .select(['user_id', 'started_at', 'ended_at'])
    .where('user_id', 'in', users)
    .where('ended_at', '>', from)
    .where('started_at', '<', to),
)

async function intervalsWithin(trx: Transaction<Database>, users: readonly string[], { from, to }: Interval) {
  const rows = await intervalsOf(trx, users, from, to)
  const byUser = Map.groupBy(rows, (row) => row.user_id)
  return new Map(
    [...byUser].map(([user, own]) => [user, own.map((r) => ({ from: r.started_at, to: r.ended_at }))] as const),
  )
}
