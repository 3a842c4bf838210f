import type { TriesBook } from '#persistence/ports/tries.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { type AccountsDb, millisecondsOf } from './accountTables.ts'
import { verifyPassword } from './passwords.ts'

/** A session that is younger needs no password again. */
export const FRESH_MS = 10 * 60_000

export type Prove = (
  caller: { userId: string; account: string },
  password: string | undefined,
) => Promise<'proven' | Refusal>

/**
 * Before what cannot be undone: the password again, or a session that was opened just now (who has no password signs in again by his
 * own way). Wrong passwords are counted per person, so that a stolen session cannot guess on.
 */
export function createProve(db: AccountsDb, book: TriesBook, rateFactor: number): Prove {
  const tries = book.limit('prove', { max: 5 * rateFactor, withinMs: 15 * 60_000 })
  return async ({ userId, account }, password) => {
    if (password === undefined) {
      const session = await db.selectFrom('session').select('createdAt').where('id', '=', account).executeTakeFirst()
      const fresh = session && Date.now() - millisecondsOf(session.createdAt) < FRESH_MS
      return fresh ? 'proven' : refuse('sign_in_again')
    }
    const wait = await tries.take(userId)
    if (wait > 0) return refuse('too_many_tries', { retryAfterMs: wait })
    const row = await db
      .selectFrom('account')
      .select('password')
      .where('userId', '=', userId)
      .where('providerId', '=', 'credential')
      .executeTakeFirst()
    if (!row?.password || !(await verifyPassword({ hash: row.password, password }))) return refuse('bad_credentials')
    await tries.refund(userId)
    return 'proven'
  }
}
