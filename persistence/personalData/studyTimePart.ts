import { studySettingsOf } from '../database/study/studySettings.ts'
import type { PersonalPart } from '../ports/personalData.ts'
import { pages } from './pages.ts'
import type { PersonalDeps } from './parts.ts'

/** The record of study and its settings: his alone, so they go with him. */
export const studyTimePart = ({ db }: Pick<PersonalDeps, 'db'>): PersonalPart => ({
  name: 'study-time',
  async *export(user) {
    const rows = pages(
      async (after: string | null, limit) =>
        db
          .selectFrom('study_interval')
          .select(['id', 'room_id as roomId', 'started_at as startedAt', 'ended_at as endedAt'])
          .where('user_id', '=', user)
          .where('id', '>', after ?? '')
          .orderBy('id')
          .limit(limit)
          .execute(),
      (row) => row.id,
    )
    yield { name: 'intervals.json', rows }
    const days = pages(
      async (after: string | null, limit) =>
        db
          .selectFrom('study_day')
          .select(['day', 'total_ms as totalMs'])
          .where('user_id', '=', user)
          .where('day', '>', after ?? '')
          .orderBy('day')
          .limit(limit)
          .execute(),
      (row) => row.day,
    )
    yield { name: 'days.json', rows: days }
    const settings = await db.selectFrom('study_setting').selectAll().where('user_id', '=', user).executeTakeFirst()
    yield { name: 'settings.json', json: settings ? await studySettingsOf(db, user) : null }
    const zones = await db
      .selectFrom('study_zone')
      .select(['since', 'time_zone as timeZone', 'day_start_hour as dayStartHour'])
      .where('user_id', '=', user)
      .orderBy('since')
      .execute()
    yield { name: 'zones.json', json: zones }
  },
  async erase(user) {
    for (const table of ['study_interval', 'study_day', 'study_member', 'study_zone', 'study_setting'] as const)
      await db.deleteFrom(table).where('user_id', '=', user).execute()
  },
})
