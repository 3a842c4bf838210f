import type { Kysely } from 'kysely'
import { searchable } from '#schemas/searchable.ts'
import type { Database, Db } from '../database.ts'
import { insertIfAbsent, isDuplicate, lockRows } from '../dialect.ts'
import { inTransaction } from '../inTransaction.ts'
import { keepZone } from '../study/zones.ts'
import { handleKey, type NewProfile, type Profile } from './profile.ts'
import type { ProfileUpdate } from './profileTable.ts'

/** False if the handle (or the user) has a profile already: of several at once, one wins. */
export async function createProfile(db: Db, profile: NewProfile): Promise<boolean> {
  return insertIfAbsent(db, 'profile', {
    user_id: profile.userId,
    name: profile.name,
    name_key: searchable(profile.name),
    handle: profile.handle,
    handle_key: handleKey(profile.handle),
    time_zone: profile.timeZone,
    day_start_hour: profile.dayStartHour,
    locale: profile.locale,
    created_at: profile.createdAt,
    updated_at: profile.createdAt,
    image: null,
    bio: null,
    url: null,
    status_text: null,
    status_until: null,
  })
}

export type ProfileChange = {
  readonly [K in keyof Omit<Profile, 'userId' | 'createdAt' | 'image'>]?: Profile[K] | undefined
}

/** What is undefined stays. `taken`: another user has the handle; then nothing was changed. */
export async function changeProfile(
  db: Db,
  userId: string,
  change: ProfileChange,
  now: number,
): Promise<'changed' | 'taken' | 'absent'> {
  const columns: ProfileUpdate = { updated_at: now }
  if (change.name !== undefined) Object.assign(columns, { name: change.name, name_key: searchable(change.name) })
  if (change.handle !== undefined)
    Object.assign(columns, { handle: change.handle, handle_key: handleKey(change.handle) })
  if (change.timeZone !== undefined) columns.time_zone = change.timeZone
  if (change.dayStartHour !== undefined) columns.day_start_hour = change.dayStartHour
  if (change.locale !== undefined) columns.locale = change.locale
  if (change.bio !== undefined) columns.bio = change.bio
  if (change.url !== undefined) columns.url = change.url
  if (change.status !== undefined)
    Object.assign(columns, { status_text: change.status?.text ?? null, status_until: change.status?.until ?? null })
  try {
    return await inTransaction(db, async (trx) => {
      await keepZone(trx, userId, change, now)
      const result = await trx.updateTable('profile').set(columns).where('user_id', '=', userId).executeTakeFirst()
      return result.numUpdatedRows > 0n ? 'changed' : 'absent'
    })
  } catch (error) {
    if (isDuplicate(error)) return 'taken'
    throw error
  }
}

/** The user's account is gone: so is his profile, and his handle is free. */
export async function removeProfile(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('profile').where('user_id', '=', userId).execute()
}

/** Puts an image in the place of the one before, whose reference is given back: nothing refers to it any more. */
export async function changeImage(
  db: Kysely<Database>,
  userId: string,
  image: string | null,
  now: number,
): Promise<{ before: string | null } | 'absent'> {
  return inTransaction(db, async (trx) => {
    const row = await lockRows(
      trx,
      trx.selectFrom('profile').select('image').where('user_id', '=', userId),
    ).executeTakeFirst()
    if (!row) return 'absent'
    await trx.updateTable('profile').set({ image, updated_at: now }).where('user_id', '=', userId).execute()
    return { before: row.image }
  })
}
