import { lengthOf, mergedWithin } from '#schemas/time/intervals.ts'
import { type Zones, zoneAt } from '#schemas/time/ownDays.ts'
import type { Db } from '../database.ts'
import { todayIn } from './studyDays.ts'
import { zonesOfUser } from './zones.ts'

/**
 * A place's clock may be behind the one a change of zone was dated by. What is known here has happened: the newest zone holds, or
 * the place would go on by the old one for good.
 */
const atLeastSince = (zones: Zones, now: number): number => Math.max(now, zones.at(-1)?.since ?? 0)

/** The day of his own that somebody enters a place with, and what he has studied on it. */
export async function ownDayNow(db: Db, user: string, now: number) {
  const zones = await zonesOfUser(db, user)
  const at = atLeastSince(zones, now)
  const { totalMs: studiedMs, dayEndsAt } = await todayIn(db, user, zones, at)
  const { timeZone, dayStartHour } = zoneAt(zones, at)
  return { studiedMs, dayEndsAt, timeZone, dayStartHour }
}

/** Zone and first hour since their last change, and what he had studied before it on the day that it is now. */
export async function movedDay(db: Db, user: string, now: number) {
  const zones = await zonesOfUser(db, user)
  const at = atLeastSince(zones, now)
  const { since, timeZone, dayStartHour } = zoneAt(zones, at)
  const { intervals } = await todayIn(db, user, zones, at)
  return { timeZone, dayStartHour, since, studiedMs: lengthOf(mergedWithin(intervals, 0, since)) }
}
