import type { PersonalPart } from '../ports/personalData.ts'
import { pages } from './pages.ts'
import type { PersonalDeps } from './parts.ts'

/** How far he has read where. */
export const readMarkersPart = ({ db }: Pick<PersonalDeps, 'db'>): PersonalPart => ({
  name: 'read-markers',
  async *export(user) {
    const rows = pages(
      async (after: string | null, limit) =>
        db
          .selectFrom('read_marker')
          .select(['conversation', 'number', 'marked_unread_at as markedUnreadAt'])
          .where('user_id', '=', user)
          .where('conversation', '>', after ?? '')
          .orderBy('conversation')
          .limit(limit)
          .execute(),
      (row) => row.conversation,
    )
    yield { name: 'read-markers.json', rows }
  },
  async erase(user) {
    await db.deleteFrom('read_marker').where('user_id', '=', user).execute()
  },
})
