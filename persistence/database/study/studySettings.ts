import type { Db } from '../database.ts'
import { insertIfAbsent } from '../dialect.ts'

export type StudySettings = {
  /** 0: no goal. */
  readonly dailyGoalMs: number
  readonly weeklyGoalMs: number
  readonly onBoards: boolean
}
export type StudySettingsChange = { readonly [K in keyof StudySettings]?: StudySettings[K] | undefined }

const HOUR = 3_600_000
const usual: StudySettings = { dailyGoalMs: 2 * HOUR, weeklyGoalMs: 10 * HOUR, onBoards: true }

export async function studySettingsOf(db: Db, user: string): Promise<StudySettings> {
  const row = await db.selectFrom('study_setting').selectAll().where('user_id', '=', user).executeTakeFirst()
  return row
    ? { dailyGoalMs: row.daily_goal_ms, weeklyGoalMs: row.weekly_goal_ms, onBoards: row.on_boards === 1 }
    : usual
}

/** What is undefined stays; of two changes at once neither undoes the other. */
export async function changeStudySettings(db: Db, user: string, change: StudySettingsChange): Promise<void> {
  await insertIfAbsent(db, 'study_setting', {
    user_id: user,
    daily_goal_ms: usual.dailyGoalMs,
    weekly_goal_ms: usual.weeklyGoalMs,
    on_boards: usual.onBoards ? 1 : 0,
  })
  const columns = {
    ...(change.dailyGoalMs === undefined ? {} : { daily_goal_ms: change.dailyGoalMs }),
    ...(change.weeklyGoalMs === undefined ? {} : { weekly_goal_ms: change.weeklyGoalMs }),
    ...(change.onBoards === undefined ? {} : { on_boards: change.onBoards ? 1 : 0 }),
  }
  if (Object.keys(columns).length === 0) return
  await db.updateTable('study_setting').set(columns).where('user_id', '=', user).execute()
}

/** Those of the users who do not want to be on boards; at most 1,000 at once. */
export async function offBoards(db: Db, users: readonly string[]): Promise<ReadonlySet<string>> {
  if (users.length === 0) return new Set()
  const rows = await db
    .selectFrom('study_setting')
    .select('user_id')
    .where('user_id', 'in', users)
    .where('on_boards', '=', 0)
    .execute()
  return new Set(rows.map((row) => row.user_id))
}
