import type { Db } from '../database.ts'
import { prepared } from '../prepared.ts'
import { handleKey, type Profile, profileOf } from './profile.ts'

const rowById = prepared((db: Db, userId: string) => db.selectFrom('profile').selectAll().where('user_id', '=', userId))

export async function profileById(db: Db, userId: string): Promise<Profile | null> {
  const [row] = await rowById(db, userId)
  return row ? profileOf(row) : null
}

export async function profileByHandle(db: Db, handle: string): Promise<Profile | null> {
  const row = await db.selectFrom('profile').selectAll().where('handle_key', '=', handleKey(handle)).executeTakeFirst()
  return row ? profileOf(row) : null
}

/** Those that are there, by user; at most 1,000 at once. */
export async function profilesByIds(db: Db, userIds: readonly string[]): Promise<ReadonlyMap<string, Profile>> {
  if (userIds.length === 0) return new Map()
  const rows = await db.selectFrom('profile').selectAll().where('user_id', 'in', userIds).execute()
  return new Map(rows.map((row) => [row.user_id, profileOf(row)]))
}
