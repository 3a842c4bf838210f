import type { Db } from '../database.ts'
import { upsert } from '../dialect.ts'
import type { CodePurpose } from './emailCodeTable.ts'

export type CodeKey = { readonly purpose: CodePurpose; readonly address: string }

/** Keeps a new code; an older one of the same address and purpose ends. What is over by `now` is swept. */
export async function keepCode(
  db: Db,
  { purpose, address }: CodeKey,
  code: { readonly hash: string; readonly tries: number; readonly expiresAt: number },
  now: number,
): Promise<void> {
  await sweepEmailCodes(db, now)
  const row = { purpose, address, code_hash: code.hash, tries_left: code.tries, expires_at: code.expiresAt }
  await upsert(db, 'email_code', [row], {
    keys: ['purpose', 'address'],
    set: ['code_hash', 'tries_left', 'expires_at'],
  })
}

/**
 * Whether this is the code. Every call costs one of its tries, before anything is compared: of guesses in parallel no
 * more count than there are tries. A right answer does not spend the code, see `spendCode`.
 */
export async function tryCode(db: Db, { purpose, address }: CodeKey, hash: string, now: number): Promise<boolean> {
  const counted = await db
    .updateTable('email_code')
    .set((eb) => ({ tries_left: eb('tries_left', '-', 1) }))
    .where('purpose', '=', purpose)
    .where('address', '=', address)
    .where('tries_left', '>', 0)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  if (counted.numUpdatedRows === 0n) return false
  const row = await db
    .selectFrom('email_code')
    .select('code_hash')
    .where('purpose', '=', purpose)
    .where('address', '=', address)
    .executeTakeFirst()
  return row?.code_hash === hash
}

/** Uses the code up. Of several at once one is true; inside a transaction that is undone, the code is there again. */
export async function spendCode(db: Db, { purpose, address }: CodeKey, hash: string): Promise<boolean> {
  const spent = await db
    .deleteFrom('email_code')
    .where('purpose', '=', purpose)
    .where('address', '=', address)
    .where('code_hash', '=', hash)
    .executeTakeFirst()
  return spent.numDeletedRows > 0n
}

/** Forgets codes that were over at `at`, and the addresses with them. */
export async function sweepEmailCodes(db: Db, at: number): Promise<void> {
  await db.deleteFrom('email_code').where('expires_at', '<=', at).execute()
}
