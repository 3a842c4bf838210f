import type { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import { profileById } from '#persistence/database/profile/findProfiles.ts'
import { creditedBetween } from '#persistence/database/study/creditedBetween.ts'
import { dayOf } from '#schemas/time/day.ts'

/** Milliseconds a user has studied in his own day so far. */
export async function sharedStudyToday(
  db: Kysely<Database>,
  userId: string,
  now: () => Promise<number>,
): Promise<number | null> {
  const profile = await profileById(db, userId)
  if (!profile) return null
  const day = dayOf(await now(), profile.timeZone, profile.dayStartHour)
  const studied = await creditedBetween(db, userId, day.dayStartsAt, day.dayEndsAt)
  return studied.reduce((sum, { from, to }) => sum + to - from, 0)
}
