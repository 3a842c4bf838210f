import type { MediaSource } from '#schemas/media/sources.ts'
import type { Refusal } from '#schemas/refusals.ts'
import type { Store } from '../types.ts'

/** Why a device gives nothing: what the browser says, in the words screens explain. `insecure`: no devices without https. */
export type DeviceFailure = 'denied' | 'none' | 'busy' | 'insecure' | 'failed'
export const deviceFailures = ['denied', 'none', 'busy', 'insecure', 'failed'] as const

export const isDeviceFailure = (value: unknown): value is DeviceFailure =>
  deviceFailures.includes(value as DeviceFailure)

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
  /** Its sender has muted it, or stopped it for a while. */
  readonly paused: boolean
  readonly score: number | null
}

export type MediaView = {
  /** `out`: not in the room's media. `reconnecting`: was in, and comes back by itself; the last tracks stay. */
  readonly status: 'out' | 'joining' | 'in' | 'reconnecting'
  /** Why the last attempt to join, or to come back, ended. */
  readonly refused: Refusal | null
  readonly own: readonly OwnSource[]
  readonly remote: readonly RemoteSource[]
  readonly deafened: boolean
  /** Why a device could not be opened, by source; gone with the next success. */
  readonly failures: Readonly<Partial<Record<MediaSource, DeviceFailure>>>
  /** The last thing of mine that somebody else (`by`; '' for the phase of the room) has muted or stopped. `n` rises with each. */
  readonly acted: {
    readonly n: number
    readonly act: 'muted' | 'stopped'
    readonly source: MediaSource
    readonly by: string
    readonly byName: string
  } | null
}

export type DeviceKind = 'microphone' | 'camera' | 'speaker'
export type MediaDevice = { readonly deviceId: string; readonly label: string }
export type DevicesView = {
  /** Empty labels until the person has allowed a device once. */
  readonly found: Readonly<Record<DeviceKind, readonly MediaDevice[]>>
  /** '' for the system's own choice. Kept on this device. */
  readonly chosen: Readonly<Record<DeviceKind, string>>
  /** A chosen device that went away while it was used: the system's choice took its place. `n` rises with each. */
  readonly vanished: { readonly n: number; readonly kind: DeviceKind; readonly label: string } | null
}

/** How somebody looks at a video: by it layers are chosen, and what is not seen is paused. */
export type Looking = 'hidden' | 'small' | 'medium' | 'large'

/** How good the way to the SFU is, measured while somebody watches. */
export type Quality = {
  readonly level: 'good' | 'fair' | 'poor'
  /** Milliseconds there and back, null while unknown. */
  readonly rttMs: number | null
  /** Share of lost packets of the last seconds, 0 to 1. */
  readonly lossIn: number
  readonly lossOut: number
}

/**
 * The room's voice, video and screen as screens hold it: one object for the stay in a place; it comes back by itself after
 * a lost connection, a change of network, a dead worker or node (V5). Audio is played by whoever holds the tracks.
 */
export interface MediaHandle {
  readonly view: Store<MediaView>
  /** What is plugged in. The list is read when somebody first watches, and after each change. */
  readonly devices: Store<DevicesView>
  /** Null until measured; measured only while watched. */
  readonly quality: Store<Quality | null>
  /** Comes into the room's media, hearing only. */
  join(): Promise<Refusal | null>
  /** Stops and lets go of all that is one's own. */
  leave(): Promise<void>
  /** Publishes the microphone or goes on with it, or mutes it: silent at once. Joins first if out. */
  setMicrophone(on: boolean): Promise<Refusal | DeviceFailure | null>
  /** Off lets the device go. Joins first if out. */
  setCamera(on: boolean): Promise<Refusal | DeviceFailure | null>
  /**
   * Asks the browser which screen (so only from a click), claims the room's screen, and publishes. `text`: sharp; `motion`:
   * smooth. Null also when the picker was closed. What somebody else owns is refused (`screen_taken`) without asking.
   */
  shareScreen(options: {
    readonly detail: 'text' | 'motion'
    readonly sound: boolean
  }): Promise<Refusal | DeviceFailure | null>
  stopScreen(): Promise<void>
  setDeafened(on: boolean): Promise<void>
  /** Speaks while true: for push to talk. */
  talk(on: boolean): void
  /** A video is `hidden` until it is looked at. */
  look(userId: string, source: MediaSource, looking: Looking): void
  /** Which device to use, '' for the system's choice; remembered on this device. Takes effect at once on what is published. */
  choose(kind: DeviceKind, deviceId: string): Promise<DeviceFailure | null>
  /** Opens the chosen device to try it out, in or out of the media; the caller stops the track. */
  tryOut(kind: 'microphone' | 'camera'): Promise<MediaStreamTrack | DeviceFailure>
}
