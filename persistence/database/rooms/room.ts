import type { Level, RoomKind } from '#schemas/limits.ts'
import type { RoomRow } from './roomTables.ts'

/** A room as the database knows it, live or asleep. It follows the room's events and may lag behind a live actor. */
export type Room = {
  readonly id: string
  readonly kind: RoomKind
  readonly name: string
  readonly level: Level
  readonly tags: readonly string[]
  readonly owner: string
  readonly ownerName: string
  readonly capacity: number
  readonly locked: boolean
  readonly hasPassword: boolean
  readonly notice: string
  readonly createdAt: number
  /** Null while it exists. */
  readonly endedAt: number | null
  readonly chatHead: number
  readonly lastMessageAt: number | null
}

export const roomOf = (row: RoomRow): Room => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  level: row.level,
  tags: JSON.parse(row.tags) as string[],
  owner: row.owner_id,
  ownerName: row.owner_name,
  capacity: row.capacity,
  locked: row.locked === 1,
  hasPassword: row.has_password === 1,
  notice: row.notice,
  createdAt: row.created_at,
  endedAt: row.ended_at,
  chatHead: row.chat_head,
  lastMessageAt: row.last_message_at,
})
