import { daysOf } from '#schemas/time/ownDays.ts'
import type { Db } from '../database.ts'
import { inTransaction } from '../inTransaction.ts'
import { extendIntervals } from './extendIntervals.ts'
import { lockStudy } from './lockStudy.ts'
import { type DaysWanted, recomputeDays } from './recomputeDays.ts'
import type { StudyIntervalRow } from './studyIntervalTable.ts'
import { zonesOf } from './zones.ts'

/**
 * Keeps intervals and brings the rows of their days to what all intervals then say, in one transaction: no reader sees one
 * without the other, and a repeat changes nothing (T6). At most 1,000 members at once.
 */
export async function bookIntervals(db: Db, intervals: readonly StudyIntervalRow[]): Promise<void> {
  if (intervals.length === 0) return
  const byUser = Map.groupBy(intervals, (row) => row.user_id)
  const users = [...byUser.keys()]
  const last = (rows: readonly StudyIntervalRow[]) => rows.reduce((max, row) => Math.max(max, row.ended_at), 0)
  await inTransaction(db, async (trx) => {
    await lockStudy(
      trx,
      [...byUser].map(([user, rows]) => ({ user, lastStudiedAt: last(rows) })),
    )
    await extendIntervals(trx, intervals)
    const zones = await zonesOf(trx, users)
    const wanted: DaysWanted[] = []
    for (const [user, own] of zones) {
      const touched = (byUser.get(user) ?? []).flatMap((row) => daysOf(own, { from: row.started_at, to: row.ended_at }))
      if (touched.length > 0) wanted.push({ user, zones: own, days: new Set(touched) })
    }
    await recomputeDays(trx, wanted)
  })
}
