import type { Envelope } from '#schemas/events/envelope.ts'

/**
 * What the archive keeps of every place, so that one can be restored whose ledger has lost it or has let it go (DESIGN §5.6,
 * §5.8): a snapshot, and every event above it that the log has told. Only a ledger in memory needs it; the embedded one is a
 * file of its own. Writes are idempotent; rejects with `StoreUnavailable` when the archive is away.
 */
export interface KeptPlaces {
  /** Adds what the log tells, in any cut and with repeats; of one place in its order. What has ended takes nothing more. */
  add(events: readonly Envelope[]): Promise<void>
  /** Keeps a snapshot, and lets go of the events up to it. One that is older than the kept one, or above its events, changes nothing. */
  keepSnapshot(place: string, version: number, body: string): Promise<void>
  /** The place has ended: nothing is kept but that it has. */
  end(places: readonly string[]): Promise<void>
  /** Whether the place is known and has not ended. */
  has(place: string): Promise<boolean>
  /** Null: not known, or ended. Rejects if there is a gap in it: a place is never restored with a part left out. */
  of(place: string): Promise<KeptPlace | null>
  /** How far each is kept: number of its newest event and version of its snapshot; unknown and ended ones are left out. */
  reach(places: readonly string[]): Promise<ReadonlyMap<string, KeptReach>>
  /** Places without an event since `before` that are not parked, longest first, without the first `passed` of them. */
  idle(before: number, limit: number, passed?: number): Promise<readonly string[]>
  /** Places with an event in the `spanMs` before the newest of all, newest first. */
  recent(spanMs: number, limit: number): Promise<readonly string[]>
  /** Nobody need look at the place again before the next event after `head`; changes nothing where that is kept already. */
  parked(place: string, head: number): Promise<void>
  /** Forgets what ended before this time; returns how many. */
  sweep(before: number): Promise<number>
  close(): Promise<void>
}

export type KeptReach = { readonly head: number; readonly snapshot: number }

export type KeptPlace = {
  /** Number of the newest event. */
  readonly head: number
  readonly snapshot: { readonly version: number; readonly body: string } | null
  /** Every event above the snapshot, in order. */
  readonly events: readonly Envelope[]
}
