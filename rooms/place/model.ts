import type { Schema } from '@colyseus/schema'
import type { Event } from '#schemas/events/catalogue.ts'
import type { Decision, Moment, Who } from './types.ts'

/** How a place is made, restored and kept. `restore(snapshot(p))` equals p in everything that is kept (I11). */
export interface PlaceModel<P> {
  fresh(id: string): P
  restore(id: string, body: string): P
  /** Changes the place in place by a committed event. Total: it never throws and never refuses. */
  apply(place: P, event: Event): void
  snapshot(place: P): string
  /** What clients see. Its `frozen` and `storedThrough` are live fields, set by the actor alone. */
  state(place: P): PlaceState
  /** Newest message number of the place's conversation. */
  chatHead(place: P): number
}
export type PlaceState = Schema & { frozen: boolean; storedThrough: number }

/** Why somebody left, as `member.left` tells it. */
export type LeaveHow = 'left' | 'dropped' | 'takenOver' | 'kicked' | 'banned' | 'signedOut'

/** What the actor asks a kind of place at its turning points. `F` is what enter learned of the user (studied today…). */
export interface PlaceRules<P, F> {
  /** Capacity, lock and removal are decided here, for good; enter has only looked. */
  join(place: P, who: Who, facts: F, at: Moment): Decision
  /** Compares the session: a stale leave decides nothing. */
  leave(place: P, who: Who, how: LeaveHow, at: Moment): Decision
  drop(place: P, who: Who, at: Moment): Decision
  back(place: P, who: Who, at: Moment): Decision
  /** Live: the socket of this session is open. */
  markConnected(place: P, who: Who, at: Moment): void
  /** Live: it is gone; `seenAt` is its last sign of life. */
  markDropped(place: P, who: Who, seenAt: number, at: Moment): void
  /** Live, after a restore: everybody listed is returning (§5.6). */
  markReturning(place: P, at: Moment): void
  /** All that is due at this moment; runs first in each turn. No events: nothing was due. */
  due(place: P, at: Moment): Decision
  /** When to look again; null if nothing will be due by itself. */
  nextDueAt(place: P, at: Moment): number | null
  /** Who is removed, and until when (null: for good), as far as that lasts: the ledger that forgets it is told again (§5.7). */
  removals(place: P, at: Moment): readonly { readonly userId: string; readonly until: number | null }[]
  /** Session by which a member holds his seat. */
  sessionOf(place: P, userId: string): string | undefined
  /** `ended` for good; `empty`: nobody is here and nothing keeps it awake, it may sleep; `live` otherwise. */
  fate(place: P): 'live' | 'empty' | 'ended'
}
