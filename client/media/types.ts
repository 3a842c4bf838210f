import type { MediaSource } from '#schemas/media/sources.ts'
import type { Refusal } from '#schemas/refusals.ts'
import type { Store } from '../types.ts'

/** Why a device gives nothing: what the browser says, in the words screens explain. */
export type DeviceFailure = 'denied' | 'none' | 'busy' | 'insecure' | 'failed'

/** One of my own sources. */
export type OwnSource = {
  readonly source: MediaSource
  readonly track: MediaStreamTrack
  readonly muted: boolean
  /** 0 (nothing arrives at the SFU) to 10; null while unknown. */
  readonly score: number | null
}

/** What another member publishes and this client receives. */
export type RemoteSource = {
  readonly userId: string
  readonly source: MediaSource
  /** Null while it is being opened, and for a video that nobody looks at. */
  readonly track: MediaStreamTrack | null
  readonly paused: boolean
  readonly score: number | null
}

export type MediaView = {
  /** `out`: not in the room's media. `reconnecting`: was in, and comes back by itself. */
  readonly status: 'out' | 'joining' | 'in' | 'reconnecting'
  /** Why the last attempt to join ended. */
  readonly refused: Refusal | null
  readonly own: readonly OwnSource[]
  readonly remote: readonly RemoteSource[]
  readonly deafened: boolean
  /** Why a device could not be opened, by source. */
  readonly failures: Readonly<Partial<Record<MediaSource, DeviceFailure>>>
}

/** How somebody looks at a video: by it layers are chosen, and what is not seen is paused. */
export type Looking = 'hidden' | 'small' | 'medium' | 'large'

/**
 * The room's voice, video and screen as screens hold it: one object for the stay in a place; it comes back by itself after
 * a lost connection, a change of network, a dead worker or node (V5). Audio is played by whoever holds the tracks.
 */
export interface MediaHandle {
  readonly view: Store<MediaView>
  /** Comes into the room's media, hearing only. */
  join(): Promise<Refusal | null>
  leave(): Promise<void>
  /** Publishes (or goes on with) the microphone, or mutes it: the producer is paused, the device is let go after a while. */
  setMicrophone(on: boolean): Promise<Refusal | DeviceFailure | null>
  setCamera(on: boolean): Promise<Refusal | DeviceFailure | null>
  /** Asks the browser which screen, claims the room's screen, and publishes. `detail`: sharp text, or smooth motion. Null also when the picker was closed. */
  shareScreen(options: {
    readonly detail: 'text' | 'motion'
    readonly sound: boolean
  }): Promise<Refusal | DeviceFailure | null>
  stopScreen(): Promise<void>
  setDeafened(on: boolean): Promise<void>
  /** Speaks while true: for push to talk. */
  talk(on: boolean): void
  look(userId: string, source: MediaSource, looking: Looking): void
  /** Which devices to use; remembered on this device. Takes effect at once on what is published. */
  choose(kind: 'microphone' | 'camera', deviceId: string): Promise<DeviceFailure | null>
}
