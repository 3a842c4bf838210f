import type { Db } from '../database.ts'

/** Whether a user has ever been in a room that stays (or owned a room), and until when he is removed from it (0: not). */
export async function visitOf(
  db: Db,
  user: string,
  room: string,
): Promise<{ lastAt: number; removedUntil: number } | null> {
  const row = await db
    .selectFrom('room_visitor')
    .select(['last_at', 'removed_until'])
    .where('user_id', '=', user)
    .where('room_id', '=', room)
    .executeTakeFirst()
  return row ? { lastAt: row.last_at, removedUntil: row.removed_until } : null
}
