import type { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import { todayOf } from '#persistence/database/study/studyDays.ts'
import { studySettingsOf } from '#persistence/database/study/studySettings.ts'

/** Milliseconds a user has studied in his own day so far; null if he keeps it to himself, as on boards. */
export async function sharedStudyToday(
  db: Kysely<Database>,
  userId: string,
  now: () => Promise<number>,
): Promise<number | null> {
  const { onBoards } = await studySettingsOf(db, userId)
  return onBoards ? (await todayOf(db, userId, await now())).totalMs : null
}
