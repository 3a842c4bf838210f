import type { MediaSource } from '#schemas/media/sources.ts'
import type { Payload, Reply } from '#schemas/messages/catalogue.ts'
import type { MediaEvent, mediaMessages } from '#schemas/messages/media.ts'
import type { Refusal } from '#schemas/refusals.ts'

/** Requests that the SFU itself answers; whether somebody may ask at all the room has decided. */
export type MediaRequest = Exclude<
  keyof typeof mediaMessages,
  | 'media.join'
  | 'media.leave'
  | 'media.setDeafened'
  | 'media.muteMembers'
  | 'media.stopMember'
  | 'media.allowMember'
  | 'media.setPaused'
  | 'media.stop'
>
type Of<K extends keyof typeof mediaMessages> = Payload<typeof mediaMessages, K>
type Answer<K extends keyof typeof mediaMessages> = Reply<typeof mediaMessages, K>

/** The SFU of this node, as rooms see it. */
export interface Media {
  /** '' when it runs, otherwise why not. */
  readonly unavailable: '' | 'no_worker' | 'off' | 'failed'
  /** Peers per place. */
  readonly places: number
  /** The media of one place. Costs nothing until the first peer joins. One at a time per place. */
  open(place: string, hooks: MediaHooks): MediaPlace
  /** Ends all workers. */
  close(): Promise<void>
}

/**
 * One place's media. A peer is one connection, named by its session; what it owns ends with it. Requests of one peer are
 * answered in order. Nothing rejects: what cannot be done is a refusal (`invalid`, `not_found`, `full`, `unavailable`).
 */
export interface MediaPlace {
  readonly epoch: number
  /** Peers that are in. */
  readonly size: number
  /** A peer that is in already begins anew. */
  join(peer: string): Promise<Answer<'media.join'> | Refusal>
  request<K extends MediaRequest>(peer: string, type: K, payload: Of<K>): Promise<Answer<K> | Refusal>
  /** Without effect for what is not there. */
  setPaused(peer: string, source: MediaSource, paused: boolean): Promise<void>
  stop(peer: string, source: MediaSource): void
  closePeer(peer: string): void
  /** Everything of the place; idempotent. */
  close(): void
}

/** What a place's media tells its room. Called synchronously, never from inside a request's own await of the room. */
export interface MediaHooks {
  /** A producer has begun, or ended (null). */
  published(peer: string, source: MediaSource, producer: string | null): void
  paused(peer: string, source: MediaSource, paused: boolean): void
  /** At most twice a second: level 0 to 9 of each peer that is heard, and who is heard most. */
  levels(levels: ReadonlyMap<string, number>, speaker: string | null): void
  /** The router is another one: all peers are out and join again. */
  restarted(epoch: number): void
  /** For one connection. */
  tell(peer: string, event: MediaEvent): void
}
