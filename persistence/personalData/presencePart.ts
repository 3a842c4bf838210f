import type { PersonalPart } from '../ports/personalData.ts'
import type { PersonalDeps } from './parts.ts'

/** What he chose to be taken for, and when he was last there. */
export const presencePart = ({ db }: Pick<PersonalDeps, 'db'>): PersonalPart => ({
  name: 'presence',
  async *export(user) {
    const row = await db
      .selectFrom('presence')
      .select(['choice', 'last_seen_at as lastSeenAt'])
      .where('user_id', '=', user)
      .executeTakeFirst()
    yield { name: 'presence.json', json: row ?? null }
  },
  async erase(user) {
    await db.deleteFrom('presence').where('user_id', '=', user).execute()
  },
})
