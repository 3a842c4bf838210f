import type { NewEvent } from '#schemas/events/catalogue.ts'
import type { Catalogue, Payload, Reply } from '#schemas/messages/catalogue.ts'
import type { InboxItem } from '#schemas/messages/inbox.ts'
import type { Refusal } from '#schemas/refusals.ts'

/** Who acts, as a verified session says (I8). Never taken from a payload. */
export type Who = {
  readonly userId: string
  readonly name: string
  readonly handle: string
  /** Reference of the image. */
  readonly image?: string | null | undefined
  /** Colyseus session id of this connection. */
  readonly session: string
  /** The account's session id (not its token): ends with the sign-out. */
  readonly account: string
  readonly device: string
  /** Entry number of this seat (I1). */
  readonly entry: number
}

/** What a command decided: events to commit and the reply once they are, or a refusal. Nothing else happens in a decision. */
export type Decision<R = Record<never, never>> =
  | { readonly events: readonly NewEvent[]; readonly reply: R; readonly after?: readonly Effect[] }
  | Refusal

/** What follows a commit, never before it: closing sockets, telling users. Effects may be lost in a crash (I13). */
export type Effect =
  | { readonly do: 'close'; readonly userId: string; readonly code: number; readonly reason: string }
  | { readonly do: 'tell'; readonly userId: string; readonly item: InboxItem }
  | { readonly do: 'push'; readonly type: string; readonly body: unknown }

/** Time of a decision: milliseconds of the place's clock, never before the last event. */
export type Moment = { readonly now: number }

/** What handlers see of the actor: turns, not sockets. `P` is the place: synced state and what is kept beside it. */
export interface Turns<P> {
  /** Queues a command; decided in its turn; resolves after commit and patch. Rejects never. `by`: the event's actor. */
  command<R>(decide: (place: P, at: Moment) => Decision<R>, by?: string | null): Promise<R | Refusal>
  /**
   * Changes live state (typing…): no event, no ledger; goes out with the next patch. `must`: waits however long the ledger is
   * away; otherwise it may be left undone.
   */
  live(change: (place: P, at: Moment) => void, must?: boolean): Promise<void>
  /** The place between turns, for reading only. */
  readonly place: P
  now(): number
}

/** The same turns for one user: what he has decided is his by the event's `actor`. */
export const turnsBy = <P>(turns: Turns<P>, userId: string): Turns<P> => ({
  command: (decide, by = userId) => turns.command(decide, by),
  live: (change, must) => turns.live(change, must),
  get place() {
    return turns.place
  },
  now: () => turns.now(),
})

/**
 * One handler per message of a catalogue; payloads are checked and limits applied before it runs. `turns` are the
 * speaker's own: commands need not say who asks.
 */
export type Handlers<C extends Catalogue, T> = {
  [K in keyof C]: (who: Who, payload: Payload<C, K>, turns: T) => Promise<Reply<C, K> | Refusal>
}
