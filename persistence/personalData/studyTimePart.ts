import type { PersonalPart } from '../ports/personalData.ts'
import { pages } from './pages.ts'
import type { PersonalDeps } from './parts.ts'

/** The intervals of study: his alone, so they go with him. */
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
  },
  async erase(user) {
    await db.deleteFrom('study_interval').where('user_id', '=', user).execute()
  },
})
