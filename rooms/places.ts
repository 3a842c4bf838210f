import type { z } from 'zod'
import type { GroupGate } from '#persistence/ports/groupMemberships.ts'
import type { OpenCheck } from '#schemas/api/checks.ts'
import type { createRoomBody } from '#schemas/api/rooms.ts'
import type { InboxItem } from '#schemas/messages/inbox.ts'
import type { RoomCard, RoomPage, RoomQuery } from '#schemas/messages/lobby.ts'
import type { PresenceView } from '#schemas/messages/presence.ts'
import type { RoomChange } from '#schemas/messages/study.ts'
import type { PresenceChoice } from '#schemas/presence.ts'
import type { Refusal } from '#schemas/refusals.ts'
import type { Expulsion } from './study/group/group.rules.ts'

/** The caller of the HTTP API, from a verified session. */
export type Caller = {
  readonly userId: string
  readonly name: string
  readonly handle: string
  readonly image?: string | null
  readonly account: string
  readonly device: string
}

/** Who asks for a seat, and by a client of which version: the first where nothing is said, as by a node of before. */
export type Entrant = Caller & { readonly protocol?: number }

export type Person = Pick<Caller, 'userId' | 'name'>
export type GroupRoomFacts = Omit<z.infer<typeof createRoomBody>, 'kind'>

/** What the SDK takes as a seat reservation. */
export type Seat = { name: string; sessionId: string; roomId: string; processId: string; publicAddress?: string }

/**
 * All live places of this node and the way into any place: what the HTTP API sees of the actors. Changes are forwarded to
 * the actor and wake it (DESIGN §5.2): a place's facts have one writer.
 */
export interface Places {
  enterStudy(caller: Entrant, roomId: string, password: string | undefined): Promise<{ seat: Seat } | Refusal>
  /** Any number of devices may sit in the lobby; picks a shard with room. */
  enterLobby(caller: Entrant): Promise<{ seat: Seat } | Refusal>
  createStudy(caller: Caller, facts: z.infer<typeof createRoomBody>): Promise<{ roomId: string } | Refusal>
  /** `gate`: what the room's group says of the caller, for a room that belongs to one; his role there is what counts. */
  changeStudy(
    caller: Person,
    roomId: string,
    change: RoomChange,
    gate?: GroupGate | null,
  ): Promise<Record<never, never> | Refusal>
  /** Ends a room for good; its owner only. */
  endStudy(caller: Person, roomId: string, gate?: GroupGate | null): Promise<Record<never, never> | Refusal>
  /** Makes a room of a group under the id that its group knows already; the group's leader owns it. */
  createGroupRoom(roomId: string, facts: GroupRoomFacts, gate: GroupGate): Promise<{ roomId: string } | Refusal>
  /** Ends a user's stay in these rooms of a group, at once (I7), and his view of them. */
  expel(userId: string, group: string, rooms: readonly string[], how: Expulsion): Promise<void>
  /** Shows somebody's role in a live room of his group as it is now. */
  showStanding(roomId: string, userId: string, gate: GroupGate): Promise<void>
  /** A live room as the lobby shows it, null when it sleeps or is not. */
  card(roomId: string): RoomCard | null
  /** Live rooms by filter, search, sort and cursor, from the directory in memory. */
  list(query: RoomQuery): RoomPage | Refusal
  /** Whether the user's place is this room now (history may be read). Asks the ledger. */
  isPresent(userId: string, roomId: string): Promise<boolean>
  /** Ends every connection of an account session, everywhere (I7). */
  endAccountSession(account: string): Promise<void>
  readonly presence: PlacesPresence
  readonly checks: PlacesChecks
  /** Call after a block between these users has come or gone. */
  blocksChanged(users: readonly string[]): Promise<void>
  /** Shows a user's new name, handle or image in the place where he sits, and counts his day by his zone as it is now. */
  profileChanged(userId: string, now: { name: string; handle: string; image: string | null }): Promise<void>
  /**
   * Takes the name of a deleted account out of a room, waking it if it sleeps; nothing if the room is gone. Refused (`unavailable`,
   * `draining`) if it has to be tried again; may be repeated.
   */
  forget(userId: string, roomId: string): Promise<Record<never, never> | Refusal>
  /** Keeps the item in the user's inbox and tells him on every socket (I13). */
  tell(userId: string, item: InboxItem): Promise<void>
  counts(): { rooms: number; members: number; connections: number }
  /** Snapshots, releases and closes all places, telling clients to enter again; then nothing is accepted any more. */
  drain(): Promise<void>
}

/** Presence checks (T4) for devices that are not in the place where their user sits. */
export interface PlacesChecks {
  /** The check that waits for the user's answer, null if none does. */
  of(user: string): Promise<OpenCheck | null | Refusal>
  /** The user's answer to the check shown at `asked`; `answered: false`: it was passed on to another node, and may be lost. */
  answer(user: string, roomId: string, asked: number): Promise<{ answered: boolean } | Refusal>
}

/** Presence as HTTP sees it (A8). */
export interface PlacesPresence {
  /** Those of the users whose presence the viewer may see, as he may see it. */
  look(viewer: string, users: readonly string[]): Promise<PresenceView[]>
  choiceOf(user: string): Promise<PresenceChoice>
  choose(user: string, choice: PresenceChoice): Promise<void>
  /** Call after friendship, a block or membership of a group has changed: who looks is told anew at once. */
  relationsChanged(users: readonly string[]): Promise<void>
}
