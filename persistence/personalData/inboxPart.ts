import type { PersonalPart } from '../ports/personalData.ts'
import { pages } from './pages.ts'
import type { PersonalDeps } from './parts.ts'

/** What he was told. */
export const inboxPart = ({ db }: Pick<PersonalDeps, 'db'>): PersonalPart => ({
  name: 'inbox',
  async *export(user) {
    const rows = pages(
      async (after: number | null, limit) =>
        db
          .selectFrom('inbox_item')
          .select(['number', 'at', 'body as item'])
          .where('user_id', '=', user)
          .where('number', '>', after ?? 0)
          .orderBy('number')
          .limit(limit)
          .execute(),
      (row) => row.number,
    )
    yield { name: 'inbox.json', rows }
  },
  async erase(user) {
    await db.deleteFrom('inbox_item').where('user_id', '=', user).execute()
    await db.deleteFrom('inbox_mark').where('user_id', '=', user).execute()
  },
})
