import type { Db } from '../../database/database.ts'
import type { Archive } from '../../ports/archive.ts'

/** What read models have written of some rooms, whichever stores hold it. */
export async function rowsOf(db: Db, archive: Archive, rooms: readonly string[]) {
  const messages = []
  for (const room of [...rooms].sort())
    for (const message of await archive.page(room, { after: 0, limit: 1_000 }))
      messages.push({ ...message, past: await archive.past(room, message.number) })
  return {
    messages,
    rooms: await db.selectFrom('room').selectAll().orderBy('id').execute(),
    visits: await db.selectFrom('room_visitor').selectAll().orderBy('room_id').orderBy('user_id').execute(),
    marks: await db.selectFrom('read_marker').selectAll().orderBy('conversation').orderBy('user_id').execute(),
    intervals: await db.selectFrom('study_interval').selectAll().orderBy('id').execute(),
    days: await db.selectFrom('study_day').selectAll().orderBy('user_id').orderBy('day').execute(),
  }
}
