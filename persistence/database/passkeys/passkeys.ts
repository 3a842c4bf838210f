import type { Selectable } from 'kysely'
import type { Db } from '../database.ts'
import { insertIfAbsent } from '../dialect.ts'
import type { PasskeyTable } from './passkeyTables.ts'

export type PasskeyRow = Selectable<PasskeyTable>

/** The person's passkeys, oldest first. */
export const passkeysOf = (db: Db, user: string): Promise<PasskeyRow[]> =>
  db.selectFrom('passkey').selectAll().where('user_id', '=', user).orderBy('created_at').orderBy('id').execute()

export async function passkeyById(db: Db, id: string): Promise<PasskeyRow | null> {
  return (await db.selectFrom('passkey').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** False if this credential is known already, whoever has it. */
export const keepPasskey = (db: Db, row: PasskeyRow): Promise<boolean> => insertIfAbsent(db, 'passkey', row)

/**
 * Notes a use. False if the device's count did not rise (a copy of it may have been used elsewhere) or the passkey is gone; of several
 * answers with one count one is true. Devices that do not count say 0 for ever.
 */
export async function notePasskeyUse(
  db: Db,
  id: string,
  { counter, synced, at }: { counter: number; synced: boolean; at: number },
): Promise<boolean> {
  const noted = await db
    .updateTable('passkey')
    .set({ counter, synced: synced ? 1 : 0, used_at: at })
    .where('id', '=', id)
    .where('counter', counter === 0 ? '=' : '<', counter)
    .executeTakeFirst()
  return noted.numUpdatedRows > 0n
}

/** False if it is not a passkey of this person. */
export async function namePasskey(db: Db, user: string, id: string, name: string): Promise<boolean> {
  const mine = await db
    .selectFrom('passkey')
    .select('id')
    .where('id', '=', id)
    .where('user_id', '=', user)
    .executeTakeFirst()
  if (!mine) return false
  await db.updateTable('passkey').set({ name }).where('id', '=', id).where('user_id', '=', user).execute()
  return true
}

/** False if it is not a passkey of this person. */
export async function removePasskey(db: Db, user: string, id: string): Promise<boolean> {
  const gone = await db.deleteFrom('passkey').where('id', '=', id).where('user_id', '=', user).executeTakeFirst()
  return gone.numDeletedRows > 0n
}

export async function removePasskeys(db: Db, user: string): Promise<void> {
  await db.deleteFrom('passkey').where('user_id', '=', user).execute()
}

/** Uses a challenge up; of several at once one is true. It is remembered until it would be over anyway. */
export const spendChallenge = (db: Db, challenge: string, until: number): Promise<boolean> =>
  insertIfAbsent(db, 'passkey_challenge', { challenge, until })

/** Forgets challenges that were over at `at`. */
export async function sweepChallenges(db: Db, at: number): Promise<void> {
  await db.deleteFrom('passkey_challenge').where('until', '<=', at).execute()
}
