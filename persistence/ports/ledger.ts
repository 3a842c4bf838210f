import type { Draft, Envelope } from '#schemas/events/envelope.ts'

/**
 * The ledger: who owns which place, what is committed there, who sits where. Single writer per place, atomic appends,
 * dense numbers, fenced snapshots, an outbox tail (DESIGN §5.1-5.4). Its clock is the clock: all times are milliseconds
 * of the ledger's own clock. Every method rejects with `LedgerUnavailable` when the ledger cannot be reached in time;
 * then nothing is known about whether a write happened, and the caller repeats it (all writes are safe to repeat).
 */
export interface Ledger {
  /** Milliseconds of the ledger's clock; never goes backwards, also over a restart. */
  now(): Promise<number>

  // --- nodes (§5.1) ---
  /**
   * Renews a node's heartbeat; it is seen at once by `nodes` and `markDead`. `alive: false` means: marked dead, for good;
   * evict everything and go on under a new node id. That a node is there and that it is dead outlive the ledger's process,
   * the newest beats need not: after its restart a node may look up to a minute more silent until it beats again.
   */
  heartbeat(node: string): Promise<{ alive: true; now: number } | { alive: false; now: number }>
  /** Nodes with their last heartbeat, living or silent, dead ones left out. Writes nothing, however often it is asked. */
  nodes(): Promise<readonly NodeBeat[]>
  /** Marks a node dead if it has been silent for at least `silentMs`. Says whether it is dead now. */
  markDead(node: string, silentMs: number): Promise<boolean>

  // --- places (§5.1, §5.2) ---
  /**
   * Claims a place for a node. Succeeds on a place that is new, released, owned by this same node, or owned by a dead
   * node; otherwise names the owner. The epoch is max(last + 1, now). The claim carries all that is needed to restore.
   * Rejects with `NodeDead` if the claiming node itself is marked dead.
   */
  claim(place: string, node: string): Promise<Claimed | { readonly owner: string }>
  /** Gives the place up; a stale epoch changes nothing. After it, any node may claim. */
  release(place: string, epoch: number): Promise<void>
  /**
   * Appends all or nothing. The events get the numbers expectedVersion+1…; the same epoch and the same batch id as the
   * last accepted one is a success again (the answer was lost). `stale`: a higher epoch exists, throw the actor away.
   * `behind`: same epoch but the ledger holds less than expected (crash, failover): append again from `version` on.
   * A place that is released, ended or was never claimed is `stale` too. Expecting less than the own epoch has committed,
   * with another batch id, is a bug and rejects.
   */
  append(batch: AppendBatch): Promise<Appended>
  /** Keeps a snapshot of the place at `version`; refused (false) for a stale epoch or an older version than kept. */
  snapshot(place: string, epoch: number, version: number, body: string): Promise<boolean>
  /**
   * Events of a key above `seq`, or above its confirmed mark as it is now, in order, from the tail; `limit` at most. What has been
   * cut is not there.
   */
  tail(key: string, above: number | 'confirmed', limit: number): Promise<readonly Envelope[]>
  /** Key's numbers: head is the newest committed, confirmed the newest the event log has taken (0 if none). */
  marks(key: string): Promise<{ readonly head: number; readonly confirmed: number }>
  /** Moves the confirmed mark forward, over contiguous numbers only; never back. Returns the mark. */
  confirm(key: string, seq: number): Promise<number>
  /** Keys that have committed events above their confirmed mark: whoever finds one publishes it (§5.4). */
  dirty(limit: number): Promise<readonly string[]>
  /** Forgets a place wholly (an open room that ended). A stale epoch changes nothing. Its tail stays until published. */
  endPlace(place: string, epoch: number): Promise<void>
  /**
   * Places that dead nodes have left behind: existing, claimed and never released, ascending by id, above `after`, `limit`
   * at most. In each something may be under way that time alone has to end; claiming one takes it out of the list.
   */
  orphans(after: string, limit: number): Promise<readonly string[]>
  /** Whether the place has been created and not ended: one that has no committed event does not exist. */
  exists(place: string): Promise<boolean>

  // --- generations (§5.6) ---
  /**
   * Which generation of the ledger this is. A ledger that came back, with its data or without, is a new one: for a while
   * only running owners put their places back; then it waits until the read models have passed the log's end as read after
   * that; then it is open. Until it is open every claim rejects with `LedgerRestoring`.
   */
  generation(): Promise<Generation>
  /** Opens a generation, by whoever has seen the archive pass the log's end. False: another one, or too early. */
  openGeneration(id: number): Promise<boolean>
  /**
   * Gives a running owner's place to a ledger that holds less of it: one that answered `gone`, or `behind` what is still
   * held as events. The highest epoch wins; where the ledger has everything already this is a success that changes nothing.
   * While owners put their places back it also makes places anew; later it fills only what is claimed under this epoch,
   * as after a claim of a place that the ledger has forgotten and the archive has not.
   */
  putBack(held: HeldPlace): Promise<Appended>

  // --- conversations outside a place (§5.3) ---
  /**
   * Dedupes by (outbox, n), numbers and appends one event to a conversation, without an expected version. A repeat
   * answers the first number and `repeated: true`; one that is more than 1,000 behind its outbox's newest n answers 0.
   */
  post(
    conversation: string,
    outbox: string,
    n: number,
    event: Draft,
  ): Promise<{ seq: number; repeated: boolean; confirmed: number }>

  // --- users (I1, I7, §5.7) ---
  /** An entry number for a user, higher than all he had before; the seat carries it. */
  nextEntry(user: string): Promise<number>
  /**
   * The user's place by numbered compare-and-set: taken only if `entry` is higher than the holder's (or the holder is
   * this same session). `taken: false` names the newer holder. `before` is the holder that lost its place, if any.
   */
  takePlace(claim: UserPlace): Promise<{ taken: true; before: UserPlace | null } | { taken: false; holder: UserPlace }>
  /** Gives the user's place up if this session still holds it; otherwise changes nothing and returns false. */
  leavePlace(user: string, session: string): Promise<boolean>
  /** The current places of many users, in one call; users in no place are left out. */
  placesOf(users: readonly string[]): Promise<readonly UserPlace[]>
  /** Puts a user into a scope's removed-set (kick: until `until`, ban: null = for good). Deny wins everywhere. */
  addRemoved(scope: string, user: string, until: number | null): Promise<void>
  dropRemoved(scope: string, user: string): Promise<void>
  /** Is the user removed from the scope at the ledger's now? */
  isRemoved(scope: string, user: string): Promise<boolean>
  /** Marks account sessions as ended (sign-out, password change); kept for 31 days. */
  revokeSessions(sessions: readonly string[]): Promise<void>
  /** Which of these account sessions are ended; one call for a whole node's connections. */
  revoked(sessions: readonly string[]): Promise<readonly string[]>
  /** Raises the user's inbox version (I13: the hint may be lost, the number is not). Returns the new version. */
  bumpInbox(user: string): Promise<number>
  inboxVersions(users: readonly string[]): Promise<ReadonlyMap<string, number>>

  // --- what is due in sleeping places (§5.6) ---
  /** Sets the place's next due time, or removes it with null. */
  setDue(place: string, at: number | null): Promise<void>
  /** Places whose due time has passed, oldest first. */
  due(limit: number): Promise<readonly { place: string; at: number }[]>

  close(): Promise<void>
}

export type NodeBeat = {
  readonly node: string
  readonly at: number
  /** Milliseconds since then. */
  readonly silentMs: number
}

export type Generation = {
  /** Higher than that of every generation before. */
  readonly id: number
  /** When it began, on the ledger's clock. */
  readonly since: number
  /** `owners`: running owners put their places back. `archive`: waits for `openGeneration`. `open`: all may be claimed. */
  readonly state: 'owners' | 'archive' | 'open'
}

/** A place as its running owner holds it. */
export type HeldPlace = {
  readonly place: string
  readonly node: string
  readonly epoch: number
  readonly confirmed: number
  /** A snapshot at or above `from`; null where all events are held, from the first on. */
  readonly snapshot: { readonly version: number; readonly body: string } | null
  /** `events` have the numbers from + 1 on; `from` is at most `confirmed`, so that none is missing to the log. */
  readonly from: number
  readonly events: readonly Draft[]
}

export type Claimed = {
  readonly epoch: number
  /** Newest committed number; 0 for a place that has never been. */
  readonly version: number
  readonly confirmed: number
  readonly snapshot: { readonly version: number; readonly body: string } | null
  /** All events above the snapshot, in order. */
  readonly events: readonly Envelope[]
  readonly now: number
  /** The ledger had nothing of the place and got it from the archive: nor does it know what stood beside it, like removals. */
  readonly refilled?: true
}

export type AppendBatch = {
  readonly place: string
  readonly epoch: number
  readonly expectedVersion: number
  readonly batchId: string
  readonly events: readonly Draft[]
}

export type Appended =
  | { readonly ok: true; readonly version: number; readonly confirmed: number }
  | { readonly ok: false; readonly why: 'stale'; readonly epoch: number }
  | { readonly ok: false; readonly why: 'behind'; readonly version: number }
  /** The ledger came back without the place, and its owners may put theirs back now (`putBack`). */
  | { readonly ok: false; readonly why: 'gone' }

export type UserPlace = {
  readonly user: string
  readonly place: string
  /** Colyseus session id of the connection that holds the place. */
  readonly session: string
  readonly device: string
  readonly entry: number
  readonly node: string
}

/** The ledger did not answer in time or cannot be reached: the place freezes and tries again (I5). */
export class LedgerUnavailable extends Error {
  override readonly name: string = 'LedgerUnavailable'
}

/** The ledger has come back and not all is there yet: nothing may be claimed now. For who asks it is unavailable. */
export class LedgerRestoring extends LedgerUnavailable {
  override readonly name = 'LedgerRestoring'
}

/** A node that is marked dead asked for a place: it must evict everything and go on under a new node id (§5.1). */
export class NodeDead extends Error {
  override readonly name = 'NodeDead'
}
