import { sql } from 'kysely'
import type { Level } from '#schemas/limits.ts'
import { searchable } from '#schemas/searchable.ts'
import { type Cursor, pageOf } from '../cursor.ts'
import type { Db } from '../database.ts'
import { containing } from '../dialect.ts'
import { type Room, roomOf } from './room.ts'

/** Staying rooms, asleep or live, by a part of their name (empty: all), newest first. */
export async function searchRooms(
  db: Db,
  { text, level, after, limit }: { text: string; level?: Level | undefined; after: Cursor | null; limit: number },
): Promise<{ rooms: Room[]; next: string | null }> {
  let query = db
    .selectFrom('room')
    .selectAll()
    .where('kind', '=', 'staying')
    .where('ended_at', 'is', null)
    // A group's rooms are nobody's to find.
    .where((e) => e.not(e.exists(e.selectFrom('group_room').select('room_id').whereRef('room_id', '=', 'room.id'))))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
  const wanted = searchable(text)
  if (wanted) query = query.where(sql<boolean>`search_name like ${containing(wanted)} escape '!'`)
  if (level) query = query.where('level', '=', level)
  if (after) query = query.where(sql<boolean>`(created_at, id) < (${after.value}, ${after.id})`)
  const { rows, next } = pageOf(await query.execute(), limit, (row) => ({ value: row.created_at, id: row.id }))
  return { rooms: rows.map(roomOf), next }
}
