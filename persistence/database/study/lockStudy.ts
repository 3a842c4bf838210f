import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { upsert } from '../dialect.ts'

/**
 * From here to the end of the transaction nobody else works out these members' days: two that each see only their own half of
 * the intervals would each write a wrong row. Always in the same order, against deadlocks.
 */
export async function lockStudy(
  trx: Transaction<Database>,
  members: readonly { readonly user: string; readonly lastStudiedAt: number }[],
): Promise<void> {
  const rows = members
    .map(({ user, lastStudiedAt }) => ({ user_id: user, last_studied_at: lastStudiedAt }))
    .sort((a, b) => (a.user_id < b.user_id ? -1 : 1))
  await upsert(trx, 'study_member', rows, {
    keys: ['user_id'],
    set: ['last_studied_at'],
    newer: 'last_studied_at',
  })
}
