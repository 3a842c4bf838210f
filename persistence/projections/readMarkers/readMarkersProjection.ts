import type { Event } from '#schemas/events/catalogue.ts'
import type { Db } from '../../database/database.ts'
import { upsert } from '../../database/dialect.ts'
import { prepared } from '../../database/prepared.ts'
import type { ReadMarkerRow } from '../../database/readMarkers/readMarkerTable.ts'
import type { ConsumerGroup } from '../../ports/eventLog.ts'
import { projection } from '../projection.ts'

const types = ['read.moved', 'read.markedUnread', 'chat.sent', 'member.joined'] as const
type MarkEvent = Event<(typeof types)[number]>

/**
 * How far each user has read (I4): forward only; moving takes "unread from here" away. His own message is read to its
 * author, and what was said before his first entry to a newcomer.
 */
export const readMarkersProjection = (db: Db): ConsumerGroup =>
  projection({
    group: 'readMarkers',
    types,
    async apply(all) {
      const events = all.filter(isNews)
      if (events.length === 0) return
      const rows = await storedRows(db, events)
      const touched = new Map<string, ReadMarkerRow>()
      for (const event of events) {
        const key = idOf(userOf(event), event.key)
        const row = touched.get(key) ?? rows.get(key) ?? fresh(event)
        if (event.seq > row.applied_seq) touched.set(key, marked(row, event))
      }
      await upsert(db, 'read_marker', [...touched.values()], {
        keys: ['user_id', 'conversation'],
        set: ['number', 'marked_unread_at', 'applied_seq'],
        newer: 'applied_seq',
      })
    },
  })

function marked(row: ReadMarkerRow, event: MarkEvent): ReadMarkerRow {
  const next = { ...row, applied_seq: event.seq }
  switch (event.type) {
    case 'read.moved':
    case 'chat.sent':
      return { ...next, number: Math.max(row.number, event.data.number), marked_unread_at: null }
    case 'member.joined':
      return { ...next, number: Math.max(row.number, event.data.readThrough ?? 0) }
    case 'read.markedUnread':
      return { ...next, marked_unread_at: event.data.number }
    default:
      return event satisfies never
  }
}

/** Entries but the first say nothing of what was read. */
const isNews = (event: MarkEvent): boolean => event.type !== 'member.joined' || event.data.readThrough !== undefined
const userOf = ({ data }: MarkEvent): string => ('author' in data ? data.author : data.userId)
const idOf = (user: string, conversation: string): string => `${user} ${conversation}`

const fresh = (event: MarkEvent): ReadMarkerRow => ({
  user_id: userOf(event),
  conversation: event.key,
  number: 0,
  marked_unread_at: null,
  applied_seq: 0,
})

const markersBy = prepared((db: Db, users: readonly string[], conversations: readonly string[]) =>
  db.selectFrom('read_marker').selectAll().where('user_id', 'in', users).where('conversation', 'in', conversations),
)

async function storedRows(db: Db, events: readonly MarkEvent[]): Promise<Map<string, ReadMarkerRow>> {
  const rows = await markersBy(db, [...new Set(events.map(userOf))], [...new Set(events.map((e) => e.key))])
  return new Map(rows.map((row) => [idOf(row.user_id, row.conversation), row]))
}
