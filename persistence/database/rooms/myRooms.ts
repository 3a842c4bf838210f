import { sql } from 'kysely'
import { type Cursor, pageOf } from '../cursor.ts'
import type { Db } from '../database.ts'
import { unreadOf } from '../readMarkers/readMarkers.ts'
import { type Room, roomOf } from './room.ts'

export type MyRoom = Room & {
  readonly readThrough: number
  readonly markedUnreadAt: number | null
  readonly unread: number
}

/**
 * The rooms a user owns and the staying rooms he has been in (not those he is removed from at `now`), newest activity
 * first, with his unread numbers. `after` is a decoded cursor of the page before.
 */
export async function myRooms(
  db: Db,
  user: string,
  { now, after, limit }: { now: number; after: Cursor | null; limit: number },
): Promise<{ rooms: MyRoom[]; next: string | null }> {
  let query = db
    .selectFrom('room_visitor as v')
    .innerJoin('room as r', 'r.id', 'v.room_id')
    .leftJoin('read_marker as m', (join) =>
      join.onRef('m.conversation', '=', 'r.id').onRef('m.user_id', '=', 'v.user_id'),
    )
    .selectAll('r')
    .select(['m.number as read_number', 'm.marked_unread_at'])
    .where('v.user_id', '=', user)
    .where('r.ended_at', 'is', null)
    .where((e) =>
      e.or([e('r.owner_id', '=', user), e.and([e('r.kind', '=', 'staying'), e('v.removed_until', '<=', now)])]),
    )
    // A group's room only for its members, whatever he once was in it.
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('group_room as o')
            .select('o.room_id')
            .whereRef('o.room_id', '=', 'r.id')
            .where((f) =>
              f.not(
                f.exists(
                  f
                    .selectFrom('group_member as g')
                    .select('g.user_id')
                    .whereRef('g.group_id', '=', 'o.group_id')
                    .where('g.user_id', '=', user),
                ),
              ),
            ),
        ),
      ),
    )
    .orderBy('r.active_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(limit + 1)
  if (after) query = query.where(sql<boolean>`(r.active_at, r.id) < (${after.value}, ${after.id})`)
  const { rows, next } = pageOf(await query.execute(), limit, (row) => ({ value: row.active_at, id: row.id }))
  return {
    rooms: rows.map((row) => {
      const mark = { readThrough: row.read_number ?? 0, markedUnreadAt: row.marked_unread_at }
      return { ...roomOf(row), ...mark, unread: unreadOf(row.chat_head, mark) }
    }),
    next,
  }
}
