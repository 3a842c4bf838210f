import fc from 'fast-check'
import type { EventData, EventType } from '#schemas/events/catalogue.ts'
import type { Envelope } from '#schemas/events/envelope.ts'

/** Numbers events as a ledger does: densely per key, time rising. */
export function author(prefix = '') {
  const heads = new Map<string, number>()
  let clock = 1_000
  return <K extends EventType>(room: string, type: K, data: EventData<K>): Envelope => {
    const key = prefix + room
    const seq = (heads.get(key) ?? 0) + 1
    heads.set(key, seq)
    clock += 10
    return { id: `${key}-${seq}`, type, version: 1, key, epoch: 1, seq, at: clock, actor: null, data }
  }
}

export const roomCreated = (differs: Partial<EventData<'room.created'>> = {}): EventData<'room.created'> => ({
  kind: 'staying',
  name: '공부방',
  level: 'free',
  tags: ['a'],
  capacity: 10,
  owner: 'u0',
  ownerName: 'Owner',
  notice: '',
  passwordHash: null,
  ...differs,
})

export const joined = (userId: string): EventData<'member.joined'> => ({
  userId,
  name: userId,
  handle: userId,
  session: 's',
  studiedMs: 0,
  dayEndsAt: 0,
})

export const sent = (number: number, differs: Partial<EventData<'chat.sent'>> = {}): EventData<'chat.sent'> => ({
  number,
  outbox: 'o',
  n: number,
  author: 'u0',
  authorName: 'Owner',
  text: `text ${number}`,
  replyTo: null,
  mentions: [],
  ...differs,
})

const step = fc.record({ what: fc.nat(13), room: fc.nat(1), user: fc.nat(2), pick: fc.nat(), flag: fc.boolean() })
type Step = { what: number; room: number; user: number; pick: number; flag: boolean }

/** What two rooms, one open and one that stays, may have gone through. */
export const history = (prefix: string): fc.Arbitrary<Envelope[]> =>
  fc.array(step, { minLength: 1, maxLength: 40 }).map((steps) => told(prefix, steps))

function told(prefix: string, steps: readonly Step[]): Envelope[] {
  const write = author(prefix)
  const rooms = [0, 1].map((n) => ({ id: `room${n}`, head: 0, revision: 0, until: 100 }))
  const events = rooms.map(({ id }, n) =>
    write(id, 'room.created', roomCreated({ kind: n === 0 ? 'open' : 'staying' })),
  )
  for (const { what, room: n, user, pick, flag } of steps) {
    const room = rooms[n]
    if (!room) continue
    const userId = `u${user}`
    const number = 1 + (pick % Math.max(1, room.head))
    const change = () => ({ number, revision: ++room.revision })
    const interval = { userId, intervalId: `${prefix}${room.id}${userId}`, from: 100 }
    const said = room.head > 0
    if (what <= 3) events.push(write(room.id, 'chat.sent', sent(++room.head, { author: userId })))
    if (what === 4 && said)
      events.push(write(room.id, 'chat.edited', { ...change(), text: `edit ${pick}`, before: 'old', mentions: [] }))
    if (what === 5 && said) events.push(write(room.id, 'chat.deleted', { ...change(), by: userId }))
    if (what === 6 && said) {
      const reactions = flag ? [{ emoji: '👍', users: [userId] }] : []
      events.push(write(room.id, 'chat.reacted', { ...change(), reactions }))
    }
    if (what === 7 && said) events.push(write(room.id, 'chat.pinned', { ...change(), on: flag }))
    if (what === 8) events.push(write(room.id, 'read.moved', { userId, number }))
    if (what === 9) events.push(write(room.id, 'read.markedUnread', { userId, number: flag ? number : null }))
    if (what === 10) {
      room.until += pick % 50
      const type = flag ? 'study.extended' : 'study.closed'
      events.push(write(room.id, type, { ...interval, to: room.until }))
    }
    if (what === 11) events.push(write(room.id, 'member.joined', joined(userId)))
    if (what === 12)
      events.push(flag ? removed(write, room.id, userId) : write(room.id, 'member.letBack', { userId, by: 'u0' }))
    if (what === 13) events.push(flag ? renamed(write, room.id, pick) : owned(write, room.id, userId))
  }
  return events
}

type Write = ReturnType<typeof author>
const removed = (write: Write, room: string, userId: string) =>
  write(room, 'member.removed', { userId, name: userId, kind: 'banned', until: null, reason: '', by: 'u0' })
const renamed = (write: Write, room: string, pick: number) =>
  write(room, 'room.changed', { name: `name ${pick}`, locked: pick % 2 === 0 })
const owned = (write: Write, room: string, owner: string) =>
  write(room, 'room.ownerChanged', { owner, ownerName: owner, how: 'delegated' })

/** How a log may deliver: steps forward of any length, steps back of any length before each (at least once). */
export const delivery = fc.array(fc.record({ back: fc.nat(30), take: fc.integer({ min: 1, max: 15 }) }), {
  maxLength: 12,
})

/** The batches that make a delivery: each event at least once, in order. */
export function batches(events: readonly Envelope[], cuts: readonly { back: number; take: number }[]): Envelope[][] {
  const made: Envelope[][] = []
  let reached = 0
  for (const { back, take } of cuts) {
    const from = Math.max(0, reached - back)
    made.push(events.slice(from, from + take))
    reached = Math.max(reached, Math.min(events.length, from + take))
  }
  return [...made, events.slice(reached)].filter((batch) => batch.length > 0)
}
