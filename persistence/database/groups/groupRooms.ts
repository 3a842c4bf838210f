import type { Transaction } from 'kysely'
import type { Database, Db } from '../database.ts'
import { insertRows } from '../dialect.ts'
import { type Room, roomOf } from '../rooms/room.ts'

export async function insertGroupRoom(
  tx: Transaction<Database>,
  room: { id: string; group: string; by: string; at: number },
): Promise<void> {
  await insertRows(tx, 'group_room', [{ room_id: room.id, group_id: room.group, by_id: room.by, created_at: room.at }])
}

/** So long a room that was begun counts before it is known: its making ends long before that, and what tells of it is rarely later. */
const MAKING_MS = 10 * 60_000

/** How many rooms of the group there are or are being made. One that was begun and never came about counts no longer. */
export async function countGroupRooms(db: Db, group: string, now: number): Promise<number> {
  const { count } = await db
    .selectFrom('group_room as g')
    .leftJoin('room as r', 'r.id', 'g.room_id')
    .select((e) => e.fn.countAll<number | string>().as('count'))
    .where('g.group_id', '=', group)
    .where('r.ended_at', 'is', null)
    .where((e) => e.or([e('r.id', 'is not', null), e('g.created_at', '>', now - MAKING_MS)]))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Every room that was ever a group's, with its group: also ended ones, so that none ever turns public. */
export async function roomIdsOf(db: Db, groups: readonly string[]): Promise<{ room: string; group: string }[]> {
  if (groups.length === 0) return []
  return db
    .selectFrom('group_room')
    .select(['room_id as room', 'group_id as group'])
    .where('group_id', 'in', groups)
    .orderBy('created_at')
    .orderBy('room_id')
    .execute()
}

/** The rooms of groups that have not ended, as they are known asleep; by age. */
export async function roomsOfGroups(db: Db, groups: readonly string[]): Promise<(Room & { group: string })[]> {
  if (groups.length === 0) return []
  const rows = await db
    .selectFrom('group_room as g')
    .innerJoin('room as r', 'r.id', 'g.room_id')
    .selectAll('r')
    .select('g.group_id as group')
    .where('g.group_id', 'in', groups)
    .where('r.ended_at', 'is', null)
    .orderBy('g.created_at')
    .orderBy('r.id')
    .execute()
  return rows.map((row) => ({ ...roomOf(row), group: row.group }))
}

/** Rooms whose group is dissolved and that go on nevertheless: their ending was cut off. */
export async function leftOverRooms(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('group_room as g')
    .innerJoin('study_group as s', 's.id', 'g.group_id')
    .innerJoin('room as r', 'r.id', 'g.room_id')
    .select('r.id')
    .where('s.dissolved_at', 'is not', null)
    .where('r.ended_at', 'is', null)
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}
