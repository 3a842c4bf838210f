import type { Interval } from '#schemas/time/intervals.ts'
import { lengthOf } from '#schemas/time/intervals.ts'
import { dayAt, frameOf, spansOf, type Zones } from '#schemas/time/ownDays.ts'
import { recentDayOf } from '#schemas/time/recentDay.ts'
import type { Db } from '../database.ts'
import { creditedBetween } from './creditedBetween.ts'
import { zonesOfUser } from './zones.ts'

export type StudiedDay = {
  readonly day: string
  readonly dayStartsAt: number
  readonly dayEndsAt: number
  readonly totalMs: number
  /** Merged, clipped, ascending. */
  readonly intervals: Interval[]
}

/** The user's day that holds `now`, by his own zones. */
export async function todayOf(db: Db, user: string, now: number): Promise<StudiedDay> {
  return todayIn(db, user, await zonesOfUser(db, user), now)
}

/** The same where the zones are known already: joins ask for it, so who never changed his zone costs one question. */
export async function todayIn(db: Db, user: string, zones: Zones, now: number): Promise<StudiedDay> {
  if (zones.length > 1) return studiedDay(db, user, zones, dayAt(zones, now).day)
  const today = recentDayOf(now, zones[0].timeZone, zones[0].dayStartHour)
  const intervals = await creditedBetween(db, user, today.dayStartsAt, today.dayEndsAt)
  return { ...today, totalMs: lengthOf(intervals), intervals }
}

/** A day of the user's with what he studied on it; an empty one if he never had it (`dayStartsAt` = `dayEndsAt`). */
export async function studiedDay(db: Db, user: string, zones: Zones, day: string): Promise<StudiedDay> {
  const frame = frameOf(zones, day)
  const intervals: Interval[] = []
  for (const { from, to } of spansOf(zones, day)) intervals.push(...(await creditedBetween(db, user, from, to)))
  // After a journey the part that was lived by another zone may lie before the day as it is now.
  const dayStartsAt = Math.min(frame.from, intervals[0]?.from ?? frame.from)
  return { day, dayStartsAt, dayEndsAt: frame.to, totalMs: lengthOf(intervals), intervals }
}

/** The user's rows from `from` to `to`, both included, ascending; days without study are left out. */
export async function dayRows(db: Db, user: string, from = '0000-00-00', to = '9999-99-99') {
  const rows = await db
    .selectFrom('study_day')
    .select(['day', 'total_ms'])
    .where('user_id', '=', user)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day')
    .execute()
  return rows.map((row) => ({ day: row.day, totalMs: row.total_ms }))
}

/** What each of these users studied on the days from `from` to `to`; who has nothing is left out. At most 1,000 at once. */
export async function totalsBetween(
  db: Db,
  users: readonly string[],
  from: string,
  to: string,
): Promise<ReadonlyMap<string, number>> {
  if (users.length === 0) return new Map()
  const rows = await db
    .selectFrom('study_day')
    .select(({ fn }) => ['user_id', fn.sum<number | string>('total_ms').as('total')])
    .where('user_id', 'in', users)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .groupBy('user_id')
    .execute()
  // MySQL gives sums as texts.
  return new Map(rows.map((row) => [row.user_id, Number(row.total)]))
}
