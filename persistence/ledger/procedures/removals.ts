import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from './clock.ts'

/** Removed-sets and ended account sessions (I7, DESIGN §5.7). */
export function removalProcedures(db: DatabaseSync, clock: Clock) {
  const add = db.prepare('insert or replace into removed values (?, ?, ?)')
  const drop = db.prepare('delete from removed where scope = ? and user = ?')
  const revoke = db.prepare('insert or ignore into revoked values (?, ?)')

  return {
    addRemoved(scope: string, user: string, until: number | null): void {
      add.run(scope, user, until)
    },
    dropRemoved(scope: string, user: string): void {
      drop.run(scope, user)
    },
    revokeSessions(sessions: readonly string[]): void {
      const now = clock.peek()
      for (const session of sessions) revoke.run(session, now)
    },
  }
}
