import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { DeviceKeeper } from './deviceKeeper.ts'
import type { Own } from './ownSource.ts'
import type { OwnSources } from './ownSources.ts'
import { type DeviceFailure, type DeviceKind, isDeviceFailure } from './types.ts'

export type DeviceSourcesDeps = {
  readonly devices: DeviceKeeper
  readonly own: OwnSources
  join(): Promise<Refusal | null>
  /** Rises when one comes into the media or is out of it. */
  visit(): number
  /** What opening the device has come to: null once it is open. */
  opened(kind: 'microphone' | 'camera', failure: DeviceFailure | null): void
}
type Kind = 'microphone' | 'camera'

/** Microphone and camera: a device is opened and becomes a source of mine, another takes its place, and it ends. */
export class DeviceSources {
  readonly #deps: DeviceSourcesDeps
  /** What opens a device waits for what does already: two clicks are one microphone. */
  readonly #opening = new Map<Kind, Promise<unknown>>()

  constructor(deps: DeviceSourcesDeps) {
    this.#deps = deps
  }

  setMicrophone(on: boolean): Promise<Refusal | DeviceFailure | null> {
    const { own } = this.#deps
    // Without a wait: what is said after the click is not heard.
    const open = own.get('microphone')
    if (open) return open.mute(!on)
    return this.#inTurn('microphone', async () => {
      const opened = own.get('microphone')
      if (opened) return opened.mute(!on)
      return on ? this.#open('microphone') : null
    })
  }

  setCamera(on: boolean): Promise<Refusal | DeviceFailure | null> {
    const { own } = this.#deps
    return this.#inTurn('camera', async () => {
      if (!on) await own.stop('camera')
      return on && !own.get('camera') ? this.#open('camera') : null
    })
  }

  async choose(kind: DeviceKind, deviceId: string): Promise<DeviceFailure | null> {
    const { devices, own } = this.#deps
    devices.choose(kind, deviceId)
    if (kind === 'speaker') return null
    return this.#inTurn(kind, async () => (own.get(kind) ? this.#reopen(kind) : null))
  }

  /** A device was pulled. */
  async ended(kind: Kind, ended: Own): Promise<void> {
    const { devices, own } = this.#deps
    devices.vanished(kind)
    await this.#inTurn(kind, async () => (own.get(kind) === ended ? this.#reopen(kind, true) : null))
  }

  async #open(kind: Kind): Promise<Refusal | DeviceFailure | null> {
    const { devices, own, join, visit, opened } = this.#deps
    const refused = await join()
    if (refused) return refused
    const before = visit()
    const track = await devices.open(kind)
    opened(kind, isDeviceFailure(track) ? track : null)
    if (isDeviceFailure(track)) return track
    if (before !== visit()) {
      track.stop()
      return refuse('gone')
    }
    if (kind === 'microphone') track.contentHint = 'speech'
    return own.start({ source: kind }, track)
  }

  /** Goes on with another device; without one the source ends. */
  async #reopen(kind: Kind, told = false): Promise<DeviceFailure | null> {
    const { devices, opened } = this.#deps
    const track = await devices.open(kind, told)
    opened(kind, isDeviceFailure(track) ? track : null)
    const own = this.#deps.own.get(kind)
    if (isDeviceFailure(track)) {
      if (own?.track.readyState === 'ended') await this.#deps.own.stop(kind)
      return track
    }
    if (own) await own.replace(track)
    else track.stop()
    return null
  }

  #inTurn<T>(kind: Kind, run: () => Promise<T>): Promise<T> {
    const turn = (this.#opening.get(kind) ?? Promise.resolve()).then(run)
    this.#opening.set(
      kind,
      turn.catch(() => {}),
    )
    return turn
  }
}
