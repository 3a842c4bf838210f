import type { AccountsDb } from './accountTables.ts'

const AT_ONCE = 500

/** Which of these account sessions have no row any more: they were ended, by whatever way. A few reads, by the table's key. */
export const goneSessions =
  (db: AccountsDb) =>
  async (sessions: readonly string[]): Promise<string[]> => {
    const there = new Set<string>()
    for (let at = 0; at < sessions.length; at += AT_ONCE) {
      const some = sessions.slice(at, at + AT_ONCE)
      for (const { id } of await db.selectFrom('session').select('id').where('id', 'in', some).execute()) there.add(id)
    }
    return sessions.filter((id) => !there.has(id))
  }
