import type { Db } from '../../database/database.ts'
import { upsert } from '../../database/dialect.ts'
import { prepared } from '../../database/prepared.ts'
import type { RoomRow, RoomVisitorRow } from '../../database/rooms/roomTables.ts'
import { type RoomsEvent, type VisitEvent, visitTypes } from './roomsEvents.ts'

/** The last instant a Date can hold: removed for good. */
export const FOR_GOOD = 8.64e15

/**
 * Rows for who has been in a staying room and for who owns any room. They carry a number of their own, so that a crash
 * between the room's write and theirs is made good when the events come again.
 */
export async function projectVisits(
  db: Db,
  events: readonly RoomsEvent[],
  rooms: ReadonlyMap<string, RoomRow>,
): Promise<void> {
  const visits = events.filter(isVisit).filter((e) => counts(e, rooms.get(e.key)))
  if (visits.length === 0) return
  const stored = await storedVisits(db, visits)
  const touched = new Map<string, RoomVisitorRow>()
  for (const event of visits) {
    const id = idOf(userOf(event), event.key)
    const row = touched.get(id) ?? stored.get(id) ?? fresh(event)
    if (event.seq > row.applied_seq) touched.set(id, after(row, event))
  }
  await upsert(db, 'room_visitor', [...touched.values()], {
    keys: ['user_id', 'room_id'],
    set: ['last_at', 'removed_until', 'applied_seq'],
    newer: 'applied_seq',
  })
}

const isVisit = (event: RoomsEvent): event is VisitEvent => visitTypes.some((type) => type === event.type)

function counts(event: VisitEvent, room: RoomRow | undefined): boolean {
  if (!room) return false
  return room.kind === 'staying' || event.type === 'room.created' || event.type === 'room.ownerChanged'
}

const userOf = ({ data }: VisitEvent): string => ('userId' in data ? data.userId : data.owner)
const idOf = (user: string, room: string): string => `${user} ${room}`

function after(row: RoomVisitorRow, event: VisitEvent): RoomVisitorRow {
  const next = { ...row, applied_seq: event.seq }
  switch (event.type) {
    case 'room.created':
    case 'room.ownerChanged':
      return next
    case 'member.joined':
      return { ...next, last_at: event.at }
    case 'member.removed':
      return { ...next, removed_until: event.data.until ?? FOR_GOOD }
    case 'member.letBack':
      return { ...next, removed_until: 0 }
    default:
      return event satisfies never
  }
}

const fresh = (event: VisitEvent): RoomVisitorRow => ({
  user_id: userOf(event),
  room_id: event.key,
  first_at: event.at,
  last_at: event.at,
  removed_until: 0,
  applied_seq: 0,
})

const visitsBy = prepared((db: Db, users: readonly string[], rooms: readonly string[]) =>
  db.selectFrom('room_visitor').selectAll().where('user_id', 'in', users).where('room_id', 'in', rooms),
)

async function storedVisits(db: Db, events: readonly VisitEvent[]): Promise<Map<string, RoomVisitorRow>> {
  const rows = await visitsBy(db, [...new Set(events.map(userOf))], [...new Set(events.map((e) => e.key))])
  return new Map(rows.map((row) => [idOf(row.user_id, row.room_id), row]))
}
