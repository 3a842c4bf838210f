import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from './clock.ts'

/** Removed-sets and ended account sessions (I7, DESIGN §5.7). */
export function removalProcedures(db: DatabaseSync, clock: Clock) {
  const add = db.prepare('insert or replace into removed values (?, ?, ?)')
  const drop = db.prepare('delete from removed where scope = ? and user = ?')
  const get = db.prepare('select until from removed where scope = ? and user = ?')
  const revoke = db.prepare('insert or ignore into revoked values (?, ?)')
  const isRevoked = db.prepare('select 1 from revoked where session = ?')

  return {
    addRemoved(scope: string, user: string, until: number | null): void {
      add.run(scope, user, until)
    },
    dropRemoved(scope: string, user: string): void {
      drop.run(scope, user)
    },
    isRemoved(scope: string, user: string): boolean {
      const row = get.get(scope, user) as { until: number | null } | undefined
      return row !== undefined && (row.until === null || row.until > clock.peek())
    },
    revokeSessions(sessions: readonly string[]): void {
      const now = clock.peek()
      for (const session of sessions) revoke.run(session, now)
    },
    revoked: (sessions: readonly string[]): string[] =>
      sessions.filter((session) => isRevoked.get(session) !== undefined),
  }
}
