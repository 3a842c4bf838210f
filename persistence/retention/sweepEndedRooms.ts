import type { Db } from '../database/database.ts'
import type { Archive } from '../ports/archive.ts'

/** How long what is left of a room that has ended is kept, in milliseconds: 30 days. */
export const KEPT_MS = 30 * 24 * 60 * 60 * 1000
/** Rooms of one step: a step is short, because it shares the database with everyone. */
const AT_ONCE = 100

/**
 * Removes what is left of rooms that ended more than 30 days before `now` (milliseconds of the ledger's clock): row, visits
 * and read markers, and of open rooms the chat, for it ends with the room (R6). Study time is its members' and stays.
 * Returns how many rooms went. The row goes last, so that a sweep that broke off is made good by the next.
 */
export async function sweepEndedRooms({ db, archive }: { db: Db; archive: Archive }, now: number): Promise<number> {
  let swept = 0
  for (;;) {
    const rooms = await db
      .selectFrom('room')
      .select(['id', 'kind'])
      .where('ended_at', '<', now - KEPT_MS)
      .orderBy('id')
      .limit(AT_ONCE)
      .execute()
    if (rooms.length === 0) return swept
    for (const { id, kind } of rooms) if (kind === 'open') await archive.drop(id)
    const ids = rooms.map(({ id }) => id)
    await db.deleteFrom('read_marker').where('conversation', 'in', ids).execute()
    await db.deleteFrom('room_visitor').where('room_id', 'in', ids).execute()
    await db.deleteFrom('room').where('id', 'in', ids).execute()
    swept += rooms.length
  }
}
