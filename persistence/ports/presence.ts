import type { PresenceChoice } from '#schemas/presence.ts'

/** One connection of a user, as all nodes know it. */
export type Presence = {
  readonly user: string
  readonly session: string
  /** Null in the lobby. */
  readonly place: string | null
  /** Entry number of its seat, 0 in the lobby: of two places the newer one counts. */
  readonly entry: number
  readonly idle: boolean
}

/**
 * Who is connected, over all nodes. It forgets what a process held when that dies: `of` leaves out the connections of nodes
 * that have been silent in the ledger for `PRESENCE_SILENT_MS`. Nothing here is kept over a restart of what holds it.
 */
export interface PresenceBook {
  /** Adds or replaces a connection of this node. */
  put(node: string, presence: Presence): Promise<void>
  /** Takes a connection out; one that is not there is passed over. */
  drop(node: string, session: string): Promise<void>
  /** All connections of these users on nodes that live. */
  of(users: readonly string[]): Promise<readonly Presence[]>
  /** Tells every node's subscribers that something else about the users has changed. */
  touch(users: readonly string[]): Promise<void>
  /** Users whose connections or choice changed, on any node: hints that may be lost (I13). Answers how to stop. */
  subscribe(changed: (users: readonly string[]) => void): () => void
  close(): Promise<void>
}

/** Heartbeats come every second; with the readers' check every 5 s a dead node's users are offline within 15 s. */
export const PRESENCE_SILENT_MS = 8_000

export type PresenceRecord = {
  readonly choice: PresenceChoice
  /** Coarse; null if never. Stands still while he is invisible. */
  readonly lastSeenAt: number | null
}

/** What is kept of presence. */
export interface PresenceRecords {
  /** Of each user that was ever written; at most 1,000 at once. */
  of(users: readonly string[]): Promise<ReadonlyMap<string, PresenceRecord>>
  choose(user: string, choice: PresenceChoice): Promise<void>
  /** Moves `lastSeenAt` forward, never back; of who is invisible it stays. At most 1,000 users at once. */
  seen(users: readonly string[], at: number): Promise<void>
}

/** By viewer: what he looks at, users or rooms. */
export type Looks = ReadonlyMap<string, readonly string[]>
/** By viewer, an entry for each of the looks: what of it he may see. */
export type Sights = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Who may know what of whom (A6, A8). Every answer is the database's, at that moment. Many viewers are asked about at once: it
 * takes as many questions as for one, and one more of a kind for each further thousand of users.
 */
export interface Acquaintances {
  /** Those of the users whose presence the viewer may see: himself, friends, members of a group he is in; nobody blocked either way. */
  visibleTo(users: Looks): Promise<Sights>
  /** Those of the rooms that the viewer may know of: all but the rooms of groups he is not a member of. */
  roomsKnownTo(rooms: Looks): Promise<Sights>
}
