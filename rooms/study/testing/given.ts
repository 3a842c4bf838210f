import type { Decision, Effect, Moment, Who } from '#rooms/place/types.ts'
import { type NewEvent, parseEvent } from '#schemas/events/catalogue.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { applyStudy } from '../apply.ts'
import { newStudyPlace } from '../snapshot.ts'
import type { StudyPlace } from '../studyPlace.ts'

export const START = Date.UTC(2026, 0, 5, 9)

export type Outcome<R> =
  | Refusal
  | { readonly events: readonly NewEvent[]; readonly reply: R; readonly after: readonly Effect[] }

/** What happened so far, at the clock's present; each event goes through JSON and the catalogue, as it does in the ledger. */
export class Scenario {
  readonly place: StudyPlace
  now = START
  seq = 0

  constructor(place: StudyPlace = newStudyPlace('room1')) {
    this.place = place
  }

  get at(): Moment {
    return { now: this.now }
  }

  given(...events: NewEvent[]): this {
    for (const event of events) this.apply(event)
    return this
  }

  after(ms: number): this {
    this.now += ms
    return this
  }

  /** Decides now and applies what was decided. */
  when<R>(decide: (place: StudyPlace, at: Moment) => Decision<R>): Outcome<R> {
    const decision = decide(this.place, this.at)
    if (isRefusal(decision)) return decision
    for (const event of decision.events) this.apply(event)
    return { events: decision.events, reply: decision.reply, after: decision.after ?? [] }
  }

  /** Applies one event as committed and hands it out as the ledger would. Throws when its data does not fit its type. */
  apply(event: NewEvent) {
    const envelope = { id: `e${this.seq + 1}`, version: 1, key: this.place.state.id, epoch: 1, seq: this.seq + 1 }
    const parsed = parseEvent(JSON.parse(JSON.stringify({ ...envelope, at: this.now, actor: null, ...event })))
    if (!parsed.ok) throw new Error(`${event.type}: ${parsed.why} ${parsed.detail}`)
    this.seq += 1
    applyStudy(this.place, parsed.event)
    return parsed.event
  }
}

/** A room `room1` owned by ana with those present, in the order they came. */
export function given(...members: string[]): Scenario {
  const scenario = new Scenario().given(roomCreated())
  return scenario.given(...members.map((userId) => joined(userId)))
}

export const who = (userId: string): Who => ({
  userId,
  name: nameOf(userId),
  handle: userId,
  session: `s-${userId}`,
  account: `a-${userId}`,
  device: `d-${userId}`,
  entry: 1,
})

export const roomCreated = (over: Partial<NewEvent<'room.created'>['data']> = {}): NewEvent<'room.created'> => ({
  type: 'room.created',
  data: {
    kind: 'open',
    name: 'Quiet corner',
    level: 'free',
    tags: [],
    capacity: 10,
    owner: 'ana',
    ownerName: 'Ana',
    notice: '',
    passwordHash: null,
    ...over,
  },
})

export const joined = (userId: string): NewEvent<'member.joined'> => ({
  type: 'member.joined',
  data: {
    userId,
    name: nameOf(userId),
    handle: userId,
    session: `s-${userId}`,
    studiedMs: 0,
    dayEndsAt: START + 43_200_000,
  },
})
export const left = (userId: string): NewEvent<'member.left'> => ({
  type: 'member.left',
  data: { userId, how: 'left' },
})
export const muted = (userId: string, on = true): NewEvent<'member.muted'> => ({
  type: 'member.muted',
  data: { userId, on },
})
export const moderator = (userId: string): NewEvent<'member.roleSet'> => ({
  type: 'member.roleSet',
  data: { userId, role: 'moderator' },
})
export const sent = (number: number, author = 'ana', text = `message ${number}`): NewEvent<'chat.sent'> => ({
  type: 'chat.sent',
  data: {
    number,
    outbox: `o-${author}`,
    n: number,
    author,
    authorName: nameOf(author),
    text,
    replyTo: null,
    mentions: [],
  },
})

/** Messages `from` to `to`, all by one author. */
export const sentMany = (from: number, to: number, author = 'ana'): NewEvent[] =>
  Array.from({ length: to - from + 1 }, (_, i) => sent(from + i, author))

const nameOf = (userId: string): string => userId.charAt(0).toUpperCase() + userId.slice(1)
