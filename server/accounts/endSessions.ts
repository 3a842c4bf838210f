import { endFamilies } from '#persistence/database/sessions/tokenFamilies.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'
import type { AccountsDb } from './accountTables.ts'

export type EndSessions = (userId: string, sessions: readonly string[]) => Promise<readonly string[]>

/**
 * Ends account sessions of this user, wholly (I7): the row goes first (HTTP is refused on every node from then on), then
 * the ledger's mark that other nodes compare, then the sockets. Ids that are not his are passed over. Safe to repeat.
 */
export const createEndSessions =
  (
    db: AccountsDb,
    ledger: Pick<Ledger, 'revokeSessions'>,
    closeSockets: (session: string) => Promise<void>,
  ): EndSessions =>
  async (userId, sessions) => {
    if (sessions.length === 0) return []
    const own = await db
      .selectFrom('session')
      .select('id')
      .where('userId', '=', userId)
      .where('id', 'in', [...sessions])
      .execute()
    const ids = own.map((row) => row.id)
    if (ids.length === 0) return []
    await db.deleteFrom('session').where('id', 'in', ids).where('userId', '=', userId).execute()
    await endFamilies(db, ids)
    await ledger.revokeSessions(ids)
    for (const id of ids) await closeSockets(id)
    return ids
  }
