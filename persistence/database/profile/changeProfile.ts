import type { Db } from '../database.ts'
import { insertIfAbsent, isDuplicate } from '../dialect.ts'
import { handleKey, type Profile } from './profile.ts'
import type { ProfileUpdate } from './profileTable.ts'

/** False if the handle (or the user) has a profile already: of several at once, one wins. */
export async function createProfile(db: Db, profile: Profile): Promise<boolean> {
  return insertIfAbsent(db, 'profile', {
    user_id: profile.userId,
    name: profile.name,
    handle: profile.handle,
    handle_key: handleKey(profile.handle),
    time_zone: profile.timeZone,
    day_start_hour: profile.dayStartHour,
    locale: profile.locale,
    created_at: profile.createdAt,
    updated_at: profile.createdAt,
  })
}

export type ProfileChange = { readonly [K in keyof Omit<Profile, 'userId' | 'createdAt'>]?: Profile[K] | undefined }

/** What is undefined stays. `taken`: another user has the handle; then nothing was changed. */
export async function changeProfile(
  db: Db,
  userId: string,
  change: ProfileChange,
  now: number,
): Promise<'changed' | 'taken' | 'absent'> {
  const columns: ProfileUpdate = { updated_at: now }
  if (change.name !== undefined) columns.name = change.name
  if (change.handle !== undefined)
    Object.assign(columns, { handle: change.handle, handle_key: handleKey(change.handle) })
  if (change.timeZone !== undefined) columns.time_zone = change.timeZone
  if (change.dayStartHour !== undefined) columns.day_start_hour = change.dayStartHour
  if (change.locale !== undefined) columns.locale = change.locale
  try {
    const result = await db.updateTable('profile').set(columns).where('user_id', '=', userId).executeTakeFirst()
    return result.numUpdatedRows > 0n ? 'changed' : 'absent'
  } catch (error) {
    if (isDuplicate(error)) return 'taken'
    throw error
  }
}

/** The user's account is gone: so is his profile, and his handle is free. */
export async function removeProfile(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('profile').where('user_id', '=', userId).execute()
}
