import { endFamilies } from '#persistence/database/sessions/tokenFamilies.ts'
import { type Ledger, LedgerUnavailable } from '#persistence/ports/ledger.ts'
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
    // With the ledger away it goes on: nobody can ask again with a session that is gone, and closing marks each one as well.
    await ledger.revokeSessions(ids).catch((error: unknown) => {
      if (!(error instanceof LedgerUnavailable)) throw error
    })
    await Promise.all(ids.map(closeSockets))
    return ids
  }
