import type { Producer } from 'mediasoup/types'
import type { MediaSource } from '#schemas/media/sources.ts'
import type { IceServer, MediaEvent } from '#schemas/messages/media.ts'
import type { MediaSettings } from '../settings.ts'
import type { Peer } from './peer.ts'

export type Published = { readonly peer: Peer; readonly source: MediaSource; readonly producer: Producer }

/** What a peer sees of its place. */
export interface PeerPlace {
  readonly settings: MediaSettings
  iceServers(peer: Peer): IceServer[]
  find(producer: string): Published | undefined
  /** A producer has begun, or (null) ended. */
  published(peer: Peer, source: MediaSource, producer: Producer | null): void
  paused(peer: Peer, source: MediaSource, paused: boolean): void
  tell(peer: Peer, event: MediaEvent): void
  /** A bug: logged. */
  fault(error: unknown): void
}
