import type { Insertable, Selectable } from 'kysely'
import type { Level, RoomKind } from '#schemas/limits.ts'
import type { Applied } from '../database.ts'

/** Projection of a study room's events. An ended room keeps its row, so that a replay cannot bring it back. */
export interface RoomTable extends Applied {
  id: string
  kind: RoomKind
  name: string
  /** The name as searches see it. */
  search_name: string
  level: Level
  /** JSON array of strings. */
  tags: string
  owner_id: string
  owner_name: string
  capacity: number
  locked: number
  has_password: number
  notice: string
  created_at: number
  ended_at: number | null
  chat_head: number
  last_message_at: number | null
  /** Last message, or the creation: the order of "my rooms". */
  active_at: number
}

/** Who has been in a room that stays, and who has ever owned any room: what "my rooms" looks through. */
export interface RoomVisitorTable extends Applied {
  user_id: string
  room_id: string
  first_at: number
  last_at: number
  /** Kicked or banned until then (milliseconds): hidden from the user's list. 0: not removed. */
  removed_until: number
}

export type RoomRow = Selectable<RoomTable>
export type NewRoomRow = Insertable<RoomTable>
export type RoomVisitorRow = Selectable<RoomVisitorTable>
