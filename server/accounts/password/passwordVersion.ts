import { createHash } from 'node:crypto'
import type { AccountsDb } from '../accountTables.ts'

/**
 * Tells one password of an account from the next, and nothing about it: a new one has a new salt. Empty without a password, and
 * without an account.
 */
export async function passwordVersion(db: AccountsDb, who: { userId: string } | { email: string }): Promise<string> {
  const [column, value] = 'email' in who ? (['u.email', who.email] as const) : (['u.id', who.userId] as const)
  const row = await db
    .selectFrom('user as u')
    .innerJoin('account as a', 'a.userId', 'u.id')
    .select('a.password')
    .where('a.providerId', '=', 'credential')
    .where(column, '=', value)
    .executeTakeFirst()
  return row?.password ? createHash('sha256').update(row.password).digest('base64url').slice(0, 22) : ''
}
