import type { Db } from '../database.ts'
import { type Room, roomOf } from './room.ts'

/** Also an ended room; null if there never was one. */
export async function roomById(db: Db, id: string): Promise<Room | null> {
  const row = await db.selectFrom('room').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? roomOf(row) : null
}

/** Those that are there, by id; at most 1,000 at once. */
export async function roomsByIds(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Room>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('room').selectAll().where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, roomOf(row)]))
}
