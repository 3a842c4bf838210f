import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { insertRows, lockRows, upsert } from '../dialect.ts'
import { inTransaction } from '../inTransaction.ts'

type Root = Kysely<Database>

export async function secondFactorOf(db: Root, user: string) {
  return (await db.selectFrom('second_factor').selectAll().where('user_id', '=', user).executeTakeFirst()) ?? null
}

/** Keeps a new secret that is not confirmed yet. False if a confirmed one is there: that one stays. */
export async function beginSecondFactor(db: Root, user: string, secret: string): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const known = lockRows(trx, trx.selectFrom('second_factor').select('confirmed_at').where('user_id', '=', user))
    if ((await known.executeTakeFirst())?.confirmed_at) return false
    const row = { user_id: user, secret, confirmed_at: null, last_step: 0, tries: 0, tries_until: 0 }
    await upsert(trx, 'second_factor', [row], { keys: ['user_id'], set: ['secret'] })
    return true
  })
}

/** From now on it is asked for. */
export async function confirmSecondFactor(db: Root, user: string, at: number, hashes: readonly string[]) {
  await inTransaction(db, async (trx) => {
    await trx.updateTable('second_factor').set({ confirmed_at: at }).where('user_id', '=', user).execute()
    await trx.deleteFrom('recovery_code').where('user_id', '=', user).execute()
    await insertRows(
      trx,
      'recovery_code',
      hashes.map((hash) => ({ user_id: user, hash })),
    )
  })
}

export async function replaceRecoveryCodes(db: Root, user: string, hashes: readonly string[]): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx.deleteFrom('recovery_code').where('user_id', '=', user).execute()
    await insertRows(
      trx,
      'recovery_code',
      hashes.map((hash) => ({ user_id: user, hash })),
    )
  })
}

export async function removeSecondFactor(db: Root, user: string): Promise<void> {
  await db.deleteFrom('recovery_code').where('user_id', '=', user).execute()
  await db.deleteFrom('second_factor').where('user_id', '=', user).execute()
}

/** Counts one try before it is looked at, so that tries at once count too. 0: go on, else milliseconds to wait. */
export async function takeTry(
  db: Root,
  user: string,
  { now, max, withinMs }: { now: number; max: number; withinMs: number },
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const query = trx.selectFrom('second_factor').select(['tries', 'tries_until']).where('user_id', '=', user)
    const row = await lockRows(trx, query).executeTakeFirst()
    if (!row) return 0
    const open = row.tries_until > now
    if (open && row.tries >= max) return row.tries_until - now
    const next = open ? { tries: row.tries + 1 } : { tries: 1, tries_until: now + withinMs }
    await trx.updateTable('second_factor').set(next).where('user_id', '=', user).execute()
    return 0
  })
}

export async function forgetTries(db: Root, user: string): Promise<void> {
  await db.updateTable('second_factor').set({ tries: 0, tries_until: 0 }).where('user_id', '=', user).execute()
}

/** Uses the code of a step up; false if it, or a later one, was used before. Of several at once one wins. */
export async function spendStep(db: Root, user: string, step: number): Promise<boolean> {
  const changed = await db
    .updateTable('second_factor')
    .set({ last_step: step })
    .where('user_id', '=', user)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

export async function spendRecoveryCode(db: Root, user: string, hash: string): Promise<boolean> {
  const gone = await db
    .deleteFrom('recovery_code')
    .where('user_id', '=', user)
    .where('hash', '=', hash)
    .executeTakeFirst()
  return gone.numDeletedRows > 0n
}

export async function recoveryCodesLeft(db: Root, user: string): Promise<number> {
  return (await db.selectFrom('recovery_code').select('hash').where('user_id', '=', user).execute()).length
}
