import type { LedgerFile } from './openLedgerFile.ts'

const REMOVED = `select 1 from removed where scope = ? and user = ?
  and (until is null or until > max(?, (select last from clock)))`
const REVOKED = 'select session from revoked where session = ?'
const REVOKED_OF_MANY = 'select session from revoked where session in (select value from json_each(?))'

/**
 * What every entry asks the ledger, answered from the file in the caller's thread: all that was acknowledged before is
 * seen, and nothing waits for the thread that writes.
 */
export const ledgerQuestions = ({ worker }: Pick<LedgerFile, 'worker'>) => ({
  async isRemoved(scope: string, user: string): Promise<boolean> {
    const { rows } = await worker.query(REMOVED, [scope, user, Date.now()])
    return rows.length > 0
  },
  async revoked(sessions: readonly string[]): Promise<string[]> {
    // The list of one, at each entry, is six times cheaper without the table made of JSON.
    const { rows } = await (sessions.length === 1
      ? worker.query(REVOKED, sessions)
      : worker.query(REVOKED_OF_MANY, [JSON.stringify(sessions)]))
    return (rows as { session: string }[]).map(({ session }) => session)
  },
})
