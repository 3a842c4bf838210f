import type { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import { profileById } from '#persistence/database/profile/findProfiles.ts'
import { creditedBetween } from '#persistence/database/study/creditedBetween.ts'
import { studySettingsOf } from '#persistence/database/study/studySettings.ts'
import { dayOf } from '#schemas/time/day.ts'

/** Milliseconds a user has studied in his own day so far; null if he keeps it to himself, as on boards. */
export async function sharedStudyToday(
  db: Kysely<Database>,
  userId: string,
  now: () => Promise<number>,
): Promise<number | null> {
  const [profile, { onBoards }] = await Promise.all([profileById(db, userId), studySettingsOf(db, userId)])
  if (!profile || !onBoards) return null
  const day = dayOf(await now(), profile.timeZone, profile.dayStartHour)
  const studied = await creditedBetween(db, userId, day.dayStartsAt, day.dayEndsAt)
  return studied.reduce((sum, { from, to }) => sum + to - from, 0)
}
