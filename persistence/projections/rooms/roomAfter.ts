import type { Event } from '#schemas/events/catalogue.ts'
import { searchable } from '#schemas/searchable.ts'
import type { RoomRow } from '../../database/rooms/roomTables.ts'
import type { RoomsEvent } from './roomsEvents.ts'

/** The room's row after an event; null if the event does not change it, or is not of a room. */
export function roomAfter(row: RoomRow | undefined, event: RoomsEvent): RoomRow | null {
  if (event.type === 'room.created') return created(event)
  if (!row) return null
  const next = { ...row, applied_seq: event.seq }
  switch (event.type) {
    case 'room.changed':
      return { ...next, ...changes(event.data) }
    case 'room.noticed':
      return { ...next, notice: event.data.text }
    case 'room.ownerChanged':
      return { ...next, owner_id: event.data.owner, owner_name: event.data.ownerName }
    case 'room.ended':
      return { ...next, ended_at: event.at }
    case 'chat.sent':
      return { ...next, chat_head: event.data.number, last_message_at: event.at, active_at: event.at }
    case 'member.joined':
    case 'member.removed':
    case 'member.letBack':
      return null
    default:
      return event satisfies never
  }
}

const created = ({ key, seq, at, data }: Event<'room.created'>): RoomRow => ({
  id: key,
  kind: data.kind,
  name: data.name,
  search_name: searchable(data.name),
  level: data.level,
  tags: JSON.stringify(data.tags),
  owner_id: data.owner,
  owner_name: data.ownerName,
  capacity: data.capacity,
  locked: 0,
  has_password: data.passwordHash === null ? 0 : 1,
  notice: data.notice,
  created_at: at,
  ended_at: null,
  chat_head: 0,
  last_message_at: null,
  active_at: at,
  applied_seq: seq,
})

function changes(data: Event<'room.changed'>['data']): Partial<RoomRow> {
  return {
    ...(data.name !== undefined && { name: data.name, search_name: searchable(data.name) }),
    ...(data.level !== undefined && { level: data.level }),
    ...(data.tags !== undefined && { tags: JSON.stringify(data.tags) }),
    ...(data.capacity !== undefined && { capacity: data.capacity }),
    ...(data.locked !== undefined && { locked: Number(data.locked) }),
    ...(data.passwordHash !== undefined && { has_password: data.passwordHash === null ? 0 : 1 }),
  }
}
