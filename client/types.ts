import type { Me } from '#schemas/api/accounts.ts'
import type { Payload, Reply } from '#schemas/messages/catalogue.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import type { InboxItem, InboxMessage } from '#schemas/messages/inbox.ts'
import type { LobbyChanged, RoomCard, RoomPage, RoomQuery } from '#schemas/messages/lobby.ts'
import type { StudyMessages } from '#schemas/messages/study.ts'
import type { Refusal, RefusalCode } from '#schemas/refusals.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import type { MediaHandle } from './media/types.ts'

/** A value that can be watched; fits React's useSyncExternalStore. `get` returns the same object until it changes. */
export interface Store<T> {
  get(): T
  subscribe(changed: () => void): () => void
}

export type SessionView = { status: 'unknown' } | { status: 'out' } | { status: 'in'; me: Me }

/** Where this client is. The place belongs to the core, not to a screen (UX principle 1). */
export type PlaceView =
  | { status: 'none' }
  | { status: 'entering'; roomId: string }
  | { status: 'in'; roomId: string; room: StudyHandle; connection: 'live' | 'reconnecting' | 'offline' }
  | { status: 'refused'; roomId: string; refusal: Refusal }
  /** A newer connection of the same user has the place; `continueHere()` takes it back. */
  | { status: 'elsewhere'; roomId: string }
  | { status: 'removed'; roomId: string; how: 'kicked' | 'banned' }
  | { status: 'ended'; roomId: string }
  | { status: 'signedOut' }
  | { status: 'outdated' }

/** One message as a screen shows it. `sending` and `failed` ones have no number yet: it is 0. */
export type ShownMessage = ChatMessage & {
  /** `sent`: it has its number; `stored`: the log has confirmed it and it can not be lost any more (I3). */
  readonly delivery: 'sending' | 'sent' | 'stored' | 'failed'
  /** Identity for lists: stable from sending to stored. */
  readonly key: string
  /** Own unsent: a handle for `retry` and `discard`. */
  readonly n: number | null
  readonly refused: RefusalCode | null
  /** Of one that is `sending`: the phase of the room keeps it back; it goes out by itself (T3). */
  readonly keptBack: 'held' | 'slow' | null
}

export type ChatView = {
  readonly messages: readonly ShownMessage[]
  /** Older ones exist and can be loaded. */
  readonly hasOlder: boolean
  readonly loadingOlder: boolean
  readonly head: number
  readonly readThrough: number
  /** The user said "unread from here" and has not read again since. */
  readonly markedUnread: number | null
  readonly unread: number
}

export interface ChatHandle {
  readonly view: Store<ChatView>
  /** Puts the message into the kept outbox and sends it, in order; returns at once. */
  send(text: string, opts?: { replyTo?: number; mentions?: readonly string[] }): void
  retry(n: number): void
  discard(n: number): void
  loadOlder(): Promise<void>
  /** Loads around a number so that it can be shown; false if it is not there. */
  loadAround(number: number): Promise<boolean>
  typing(on: boolean): void
  /** Unread from this number on (C5), until `markRead`; answers why it was refused. */
  markUnread(number: number): Promise<Refusal | null>
  /** Tells the room that all up to this number was seen; throttled. */
  markRead(number: number): void
}

export type StudyRequest = <K extends keyof StudyMessages & string>(
  type: K,
  payload: Payload<StudyMessages, K>,
) => Promise<Reply<StudyMessages, K> | Refusal>

export interface StudyHandle {
  readonly roomId: string
  readonly me: string
  /** The decoded state; mutable, so watch `changes` and select from it. */
  readonly state: StudyState
  /** Rises with each patch. */
  readonly changes: Store<number>
  readonly chat: ChatHandle
  /** Voice, video and screen; nothing of it is loaded before the first join. */
  readonly media: MediaHandle
  /** Typed request; answers `{ refused: 'unavailable' }` when the connection is away and stays away. */
  readonly request: StudyRequest
  /** Milliseconds of the place's clock, by the measured offset. */
  now(): number
}

export type LobbyView = {
  readonly connection: 'connecting' | 'live' | 'reconnecting'
  readonly online: number
  readonly studying: number
  readonly rooms: number
  readonly page: RoomPage | null
  /** Live rooms of my own groups; sleeping ones are not among them. */
  readonly groupRooms: readonly RoomCard[]
  /** Rooms that fit and came after this page was read: offered, never pushed in between. */
  readonly fresh: number
  readonly query: RoomQuery
}
export interface LobbyHandle {
  readonly view: Store<LobbyView>
  /** Looks at another page or filter; the page is kept live from then on. */
  look(query: Partial<RoomQuery>): Promise<void>
  /** Milliseconds of the server's clock. */
  now(): number
}
export type { LobbyChanged }

/** The connection that carries what is addressed to the user (I1), whatever room it leads to. */
export interface UserLink {
  /** False once it has ended. */
  readonly open: boolean
  /** The reply, or why there is none; never throws. */
  request<T>(type: string, payload: unknown): Promise<T | Refusal>
  onPush<T>(type: string, seen: (body: T) => void): void
}

/** The client core: session, place, lobby, inbox. No framework, no DOM. */
export interface StudyHub {
  readonly session: Store<SessionView>
  readonly place: Store<PlaceView>
  /** The server serves clients of this version no more, for good: the page has to be loaded again, and nothing else helps. */
  readonly outdated: Store<boolean>
  readonly lobby: LobbyHandle
  /** Newest items addressed to me, newest last, as they come. */
  onInbox(seen: (item: InboxItem) => void): () => void
  /** Each message of the inbox as it came, also those that only say that there is something to ask for (I13). */
  onInboxMessage(seen: (message: InboxMessage) => void): () => void
  /** The newest connection; another object after each return. Null before the first one. */
  readonly link: Store<UserLink | null>
  readonly api: Api
  /** Asks the server who is signed in: after a change of account or profile. */
  refreshSession(): Promise<SessionView>
  /**
   * Moves to a room: new seat first, then the old place is left. The result is also in `place`, except for a refusal
   * while one sits elsewhere: the old place then stays, and only the answer tells.
   */
  enter(roomId: string, opts?: { password?: string }): Promise<PlaceView>
  /** Leaves deliberately; this device goes back to the lobby. */
  leave(): Promise<void>
  /** After `elsewhere`: takes the place over again. */
  continueHere(): Promise<PlaceView>
  close(): Promise<void>
}

/** Typed HTTP API; every method answers the body or a refusal (also for network faults: `unavailable`). */
export interface Api {
  get<T>(path: string, query?: Record<string, string | number | boolean | undefined>): Promise<T | Refusal>
  /** A Blob is sent as its bytes, all else as JSON. */
  send<T>(method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T | Refusal>
}
