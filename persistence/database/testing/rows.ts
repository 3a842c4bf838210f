import type { RoomRow } from '../rooms/roomTables.ts'

/** A staying room's row; say what differs. */
export const roomRow = (id: string, differs: Partial<RoomRow> = {}): RoomRow => ({
  id,
  kind: 'staying',
  name: id,
  search_name: id,
  level: 'free',
  tags: '[]',
  owner_id: 'owner',
  owner_name: 'Owner',
  capacity: 10,
  locked: 0,
  has_password: 0,
  notice: '',
  created_at: 1,
  ended_at: null,
  chat_head: 0,
  last_message_at: null,
  active_at: 1,
  applied_seq: 1,
  ...differs,
})

export const visitorRow = (user: string, room: string, removedUntil = 0) => ({
  user_id: user,
  room_id: room,
  first_at: 1,
  last_at: 1,
  removed_until: removedUntil,
  applied_seq: 1,
})
