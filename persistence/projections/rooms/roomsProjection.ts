import type { Db } from '../../database/database.ts'
import { upsert } from '../../database/dialect.ts'
import { prepared } from '../../database/prepared.ts'
import type { RoomRow } from '../../database/rooms/roomTables.ts'
import type { ConsumerGroup } from '../../ports/eventLog.ts'
import { projection } from '../projection.ts'
import { projectVisits } from './projectVisits.ts'
import { roomAfter } from './roomAfter.ts'
import { type RoomsEvent, roomTypes, visitTypes } from './roomsEvents.ts'

const types = [...new Set([...roomTypes, ...visitTypes])]

/** Rooms, live and asleep, with their newest message number; and who has been where (R1, R12, C5). */
export const roomsProjection = (db: Db): ConsumerGroup =>
  projection({
    group: 'rooms',
    types,
    async apply(events) {
      const rooms = await storedRooms(db, events)
      const touched = new Map<string, RoomRow>()
      for (const event of events) {
        const row = rooms.get(event.key)
        if (row && event.seq <= row.applied_seq) continue
        const next = roomAfter(row, event)
        if (!next) continue
        rooms.set(event.key, next)
        touched.set(event.key, next)
      }
      await upsert(db, 'room', [...touched.values()], { keys: ['id'], set: CHANGING, newer: 'applied_seq' })
      await projectVisits(db, events, rooms)
    },
  })

/** All but what a room is created with. */
const CHANGING = [
  'name',
  'search_name',
  'level',
  'tags',
  'owner_id',
  'owner_name',
  'capacity',
  'locked',
  'has_password',
  'notice',
  'ended_at',
  'chat_head',
  'last_message_at',
  'active_at',
  'applied_seq',
] as const

const roomsBy = prepared((db: Db, ids: readonly string[]) => db.selectFrom('room').selectAll().where('id', 'in', ids))

async function storedRooms(db: Db, events: readonly RoomsEvent[]): Promise<Map<string, RoomRow>> {
  const ids = [...new Set(events.map((e) => e.key))]
  const rows = await roomsBy(db, ids)
  return new Map(rows.map((row) => [row.id, row]))
}
