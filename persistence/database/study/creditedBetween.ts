import { type Interval, mergedWithin } from '#schemas/time/intervals.ts'
import type { Db } from '../database.ts'
import { prepared } from '../prepared.ts'

const intervalsWithin = prepared((db: Db, user: string, from: number, to: number) =>
  db
    .selectFrom('study_interval')
    .select(['started_at', 'ended_at'])
    .where('user_id', '=', user)
    .where('ended_at', '>', from)
    .where('started_at', '<', to),
)

/** The user's study within [from, to): clipped, ascending, what overlaps counted once (I6). */
export async function creditedBetween(db: Db, user: string, from: number, to: number): Promise<Interval[]> {
  const rows = await intervalsWithin(db, user, from, to)
  return mergedWithin(
    rows.map((r) => ({ from: r.started_at, to: r.ended_at })),
    from,
    to,
  )
}
