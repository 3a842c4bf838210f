import type { KeyValue } from '../keyValue.ts'
import { createStore } from '../store.ts'
import type { Store } from '../types.ts'
import { failureOf, isMissing } from './failures.ts'
import type { Devices, MediaPlatform } from './platform.ts'
import type { DeviceFailure, DeviceKind, DevicesView, MediaDevice } from './types.ts'

const kinds: Readonly<Record<string, DeviceKind>> = {
  audioinput: 'microphone',
  videoinput: 'camera',
  audiooutput: 'speaker',
}
const keyOf = (kind: DeviceKind): string => `studyhub:media:${kind}`

/** What this machine has, which of it is to be used, and opening it. The choice is kept on the device. */
export class DeviceKeeper {
  readonly view: Store<DevicesView>
  readonly #platform: MediaPlatform
  readonly #storage: KeyValue
  readonly #store
  #watchers = 0
  #stopWatching = () => {}

  constructor(platform: MediaPlatform, storage: KeyValue) {
    this.#platform = platform
    this.#storage = storage
    const chosen = (kind: DeviceKind) => storage.get(keyOf(kind)) ?? ''
    this.#store = createStore<DevicesView>({
      found: { microphone: [], camera: [], speaker: [] },
      chosen: { microphone: chosen('microphone'), camera: chosen('camera'), speaker: chosen('speaker') },
      vanished: null,
    })
    this.view = {
      get: () => this.#store.get(),
      subscribe: (changed) => {
        const stop = this.#store.subscribe(changed)
        if (this.#watchers++ === 0) this.#watch()
        return () => {
          stop()
          if (--this.#watchers === 0) this.#stopWatching()
        }
      },
    }
  }

  choose(kind: DeviceKind, deviceId: string): void {
    if (deviceId === '') this.#storage.remove(keyOf(kind))
    else this.#storage.set(keyOf(kind), deviceId)
    const view = this.#store.get()
    this.#store.set({ ...view, chosen: { ...view.chosen, [kind]: deviceId } })
  }

  /** The chosen device; one that is not there any more: the system's choice, and `vanished` says so unless it was `told`. */
  async open(kind: 'microphone' | 'camera', told = false): Promise<MediaStreamTrack | DeviceFailure> {
    const devices = this.#platform.devices()
    if (!devices) return 'insecure'
    const chosen = this.#store.get().chosen[kind]
    try {
      return await this.#get(devices, kind, chosen)
    } catch (error) {
      if (chosen === '' || !isMissing(error)) return failureOf(error)
    }
    try {
      const track = await this.#get(devices, kind, '')
      if (!told) this.vanished(kind)
      return track
    } catch (error) {
      return failureOf(error)
    }
  }

  /** The device that was used is gone. */
  vanished(kind: DeviceKind): void {
    const view = this.#store.get()
    const label = view.found[kind].find(({ deviceId }) => deviceId === view.chosen[kind])?.label ?? ''
    this.#store.set({ ...view, vanished: { n: (view.vanished?.n ?? 0) + 1, kind, label } })
  }

  close(): void {
    this.#stopWatching()
    this.#stopWatching = () => {}
  }

  async #get(devices: Devices, kind: 'microphone' | 'camera', deviceId: string): Promise<MediaStreamTrack> {
    const device = deviceId === '' ? {} : { deviceId: { exact: deviceId } }
    const stream = await devices.getUserMedia(
      kind === 'microphone'
        ? { audio: { ...device, echoCancellation: true, noiseSuppression: true, autoGainControl: true } }
        : { video: { ...device, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } } },
    )
    const track = stream.getTracks()[0]
    if (!track) throw new DOMException('the device has no track', 'NotFoundError')
    // With the permission come the names.
    if (this.#watchers > 0) void this.#read(devices)
    return track
  }

  #watch(): void {
    const devices = this.#platform.devices()
    if (!devices) return
    const changed = () => void this.#read(devices)
    devices.addEventListener('devicechange', changed)
    this.#stopWatching = () => devices.removeEventListener('devicechange', changed)
    changed()
  }

  async #read(devices: Devices): Promise<void> {
    const all = await devices.enumerateDevices().catch(() => [])
    const found: Record<DeviceKind, MediaDevice[]> = { microphone: [], camera: [], speaker: [] }
    for (const { kind, deviceId, label } of all) {
      const ours = kinds[kind]
      // Without a permission browsers name one of each kind with an empty id: it cannot be chosen. Chromium's `default` and
      // `communications` stand for devices that are listed too.
      if (ours && deviceId !== '' && deviceId !== 'default' && deviceId !== 'communications')
        found[ours].push({ deviceId, label })
    }
    this.#store.set({ ...this.#store.get(), found })
  }
}
