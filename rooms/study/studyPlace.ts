import type { Event, EventType } from '#schemas/events/catalogue.ts'
import type { MediaKind } from '#schemas/media/sources.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import type { Attest } from './attest/attest.ts'
import type { Peer } from './media/peers.ts'

/** A study room as rules see it: what clients see, and what is kept but not synced. Both are restored (I11). */
export type StudyPlace = { readonly state: StudyState; readonly hidden: StudyHidden }

export type StudyHidden = {
  passwordHash: string | null
  /** Warnings survive re-entry (R7). */
  readonly warnings: Map<string, { name: string; count: number }>
  readonly removed: Map<string, { name: string; kind: 'kicked' | 'banned'; until: number | null; reason: string }>
  /** Moderators, also absent ones. */
  readonly moderators: Set<string>
  /** Muted users, also absent ones. */
  readonly muted: Set<string>
  /** What users may not publish, also absent ones; nobody is in it with nothing. */
  readonly barred: Map<string, readonly MediaKind[]>
  /** What each outbox sent last (§5.3), by `user/outbox`: nobody can use up another's numbers. */
  readonly outboxes: Map<string, Outbox>
  /** The study interval that runs per member. */
  readonly intervals: Map<string, { id: string; from: number; to: number }>
  /** When each member spoke last, for slow chat; also of members who left (T3). */
  readonly lastSaid: Map<string, number>
  /** Decides when members are asked whether they are here, '' while nobody is (T4). */
  attestSeed: string
  readonly attests: Map<string, Attest>
  /** Colyseus session by member: a removal compares it (I1). */
  readonly sessions: Map<string, string>
  /** Time zone and first hour of the day of those present: where their days are cut (I6). `nextMs`: what the next one begins with. */
  readonly days: Map<string, { timeZone: string; dayStartHour: number; nextMs?: number }>
  /** Read markers of all who have ever been in a room that stays. */
  readonly readThrough: Map<string, number>
  readonly markedUnread: Map<string, number>
  /** Changed messages that are no longer in the window, by number with the latest revision, bounded (§5.3). */
  readonly amended: Map<number, number>
  /** Highest revision that the bound took out of `amended`: who knows less than this must reload. */
  amendedLost: number
  /** When the last member left, 0 while somebody is here. */
  emptySince: number
  ended: boolean
  // live, neither kept nor restored (as Member.connected); the first two are changed by members/presence.ts alone
  /** Since when the socket of a connected member is open. */
  readonly connectedAt: Map<string, number>
  /** Members without a socket: last proof of presence, and until when the seat is kept. */
  readonly returning: Map<string, { seenAt: number; until: number }>
  /** When a member's typing sign rose, and when he last said that he still types: changed by chat/typing.ts alone. */
  readonly typing: Map<string, { rose: number; fresh: number }>
  /** When somebody was put out of the room's group: a seat that he was given before lets him in no more. */
  readonly expelled: Map<string, number>
  /** Who is in the media, by session: changed by media/roomMedia.ts alone. */
  readonly peers: Map<string, Peer>
}

/** Messages of one outbox, n rising, the newest last and never empty; `at` of the last is when it was last used. */
export type Outbox = readonly Sent[]
export type Sent = { readonly n: number; readonly number: number; readonly at: number }

export const emptyHidden = (): StudyHidden => ({
  passwordHash: null,
  warnings: new Map(),
  removed: new Map(),
  moderators: new Set(),
  muted: new Set(),
  barred: new Map(),
  outboxes: new Map(),
  intervals: new Map(),
  lastSaid: new Map(),
  attestSeed: '',
  attests: new Map(),
  sessions: new Map(),
  days: new Map(),
  readThrough: new Map(),
  markedUnread: new Map(),
  amended: new Map(),
  amendedLost: 0,
  emptySince: 0,
  ended: false,
  connectedAt: new Map(),
  returning: new Map(),
  typing: new Map(),
  expelled: new Map(),
  peers: new Map(),
})

/** Changes a place in place by a committed event and touches nothing else. A feature gives those of its own events. */
export type Appliers<K extends EventType> = { readonly [P in K]: (place: StudyPlace, event: Event<P>) => void }
