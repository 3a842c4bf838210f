import type { Transaction } from 'kysely'
import { lockRows } from '#persistence/database/dialect.ts'
import { passkeysOf } from '#persistence/database/passkeys/passkeys.ts'
import type { AccountTables } from './accountTables.ts'

/** The ways in beside the password that this server offers: what it does not offer lets nobody in. */
export type Offered = { readonly providers: readonly string[]; readonly passkeys: boolean }

/** Until the transaction ends nobody else changes the account's ways in. */
export const lockAccount = (trx: Transaction<AccountTables>, user: string): Promise<unknown> =>
  lockRows(trx, trx.selectFrom('user').select('id').where('id', '=', user)).execute()

/**
 * Whether nothing would be left to sign in with after this is gone. The account is locked until the transaction ends, so that two
 * at once cannot each take what the other one relied on.
 */
export async function onlyWay(
  trx: Transaction<AccountTables>,
  user: string,
  offered: Offered,
  gone: { readonly provider?: string; readonly passkey?: string },
): Promise<boolean> {
  await lockAccount(trx, user)
  const accounts = await trx
    .selectFrom('account')
    .select(['providerId', 'password'])
    .where('userId', '=', user)
    .execute()
  const left = accounts.some(({ providerId, password }) =>
    providerId === 'credential'
      ? password !== null
      : providerId !== gone.provider && offered.providers.includes(providerId),
  )
  if (left) return false
  return !offered.passkeys || (await passkeysOf(trx, user)).every((row) => row.id === gone.passkey)
}
