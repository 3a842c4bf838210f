import type { Db } from '#persistence/database/database.ts'
import { dayRows } from '#persistence/database/study/studyDays.ts'
import { studySettingsOf } from '#persistence/database/study/studySettings.ts'
import { zonesOfUser } from '#persistence/database/study/zones.ts'
import type { StudySummary } from '#schemas/api/study.ts'
import { streakOf } from '#schemas/study/streak.ts'
import { monthStartOf, weekStartOf } from '#schemas/time/calendar.ts'
import { dayAt, spansOf } from '#schemas/time/ownDays.ts'

/** All figures of a member as of `now`; every one is a sum of his rows by day, so they agree with each other. */
export async function summaryOf(db: Db, user: string, now: number): Promise<StudySummary> {
  const zones = await zonesOfUser(db, user)
  const [rows, settings] = await Promise.all([dayRows(db, user), studySettingsOf(db, user)])
  const today = dayAt(zones, now).day
  const sumFrom = (from: string) => {
    const part = rows.filter(({ day }) => day >= from && day <= today)
    return { from, totalMs: part.reduce((sum, { totalMs }) => sum + totalMs, 0), days: part.length }
  }
  // A date that a journey left out was no missed day. Without a journey every date was lived.
  const lived = (day: string) => zones.length === 1 || spansOf(zones, day).length > 0
  const { frozen, ...streak } = streakOf(new Map(rows.map(({ day, totalMs }) => [day, totalMs])), today, lived)
  const { from, totalMs } = sumFrom(weekStartOf(today))
  return {
    today,
    todayMs: sumFrom(today).totalMs,
    week: { from, totalMs },
    month: sumFrom(monthStartOf(today)),
    totalMs: rows.reduce((sum, row) => sum + row.totalMs, 0),
    streak: { ...streak, frozen: [...frozen] },
    settings,
  }
}
