import { type KeyValue, memoryStorage, webStorage } from './keyValue.ts'
import { browserMedia, type MediaPlatform } from './media/platform.ts'
import { deviceOnline, type Online } from './online.ts'
import { randomId } from './randomId.ts'
import { systemTimers, type Timers } from './timers.ts'

export type HubOptions = {
  /** `https://host[:port]`, without a path. */
  readonly origin: string
  /** Kept outbox and device id. By default localStorage where there is one, else memory. */
  readonly storage?: KeyValue
  /** Names this device among the user's others; by default random and kept. */
  readonly device?: string
  /** Must keep cookies; a browser's does. For Node see client/testing/cookieFetch.ts. */
  readonly fetch?: typeof fetch
  /** Added to each API call. */
  readonly headers?: Readonly<Record<string, string>>
  readonly online?: Online
  readonly timers?: Timers
  /** Devices and WebRTC; by default the browser's. */
  readonly media?: MediaPlatform
  /** For jitter only; ids always come from the system's generator. */
  readonly random?: () => number
}

export type HubSetup = {
  readonly origin: string
  readonly storage: KeyValue
  readonly device: string
  readonly fetch: typeof fetch
  readonly headers: Readonly<Record<string, string>>
  readonly online: Online
  readonly timers: Timers
  readonly media: MediaPlatform
  readonly random: () => number
}

export function setUp(options: HubOptions): HubSetup {
  const storage = options.storage ?? defaultStorage()
  return {
    origin: options.origin.replace(/\/$/, ''),
    storage,
    device: options.device ?? keptDevice(storage),
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
    headers: options.headers ?? {},
    online: options.online ?? deviceOnline(),
    timers: options.timers ?? systemTimers,
    media: options.media ?? browserMedia,
    random: options.random ?? Math.random,
  }
}

function defaultStorage(): KeyValue {
  // Node has a localStorage that warns or throws without its own switch: only a browser's counts.
  if (typeof window === 'undefined') return memoryStorage()
  try {
    return webStorage(window.localStorage)
  } catch {
    return memoryStorage()
  }
}

function keptDevice(storage: KeyValue): string {
  const key = 'studyhub:device'
  const kept = storage.get(key)
  if (kept) return kept
  const device = randomId()
  storage.set(key, device)
  return device
}
