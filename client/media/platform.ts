import type { types } from 'mediasoup-client'

/** A browser's devices, or what stands for them. */
export type Devices = Pick<
  MediaDevices,
  'getUserMedia' | 'enumerateDevices' | 'addEventListener' | 'removeEventListener'
> &
  Partial<Pick<MediaDevices, 'getDisplayMedia'>>

/** What media needs of the machine it runs on; tests bring their own. */
export type MediaPlatform = {
  /** Null where a page gets none: without https, or outside of a browser. */
  devices(): Devices | null
  /** The device has moved to another network, or may have. */
  onNetworkChange(changed: () => void): () => void
  /** How WebRTC is reached; absent: as the browser at hand wants it. */
  readonly handler?: types.HandlerFactory
}

/** `navigator.connection` is not everywhere, and so not among the DOM's types. */
type Connected = Navigator & { readonly connection?: EventTarget & { readonly type?: string } }

export const browserMedia: MediaPlatform = {
  // Where it is missing the DOM's types do not say so.
  devices: () => (globalThis.navigator?.mediaDevices as MediaDevices | undefined) ?? null,
  onNetworkChange(changed) {
    if (typeof globalThis.addEventListener !== 'function') return () => {}
    const { connection } = globalThis.navigator as Connected
    let type = connection?.type
    // It fires for each new estimate of the bandwidth too: only another kind of network counts.
    const moved = () => {
      if (connection?.type === type) return
      type = connection?.type
      changed()
    }
    globalThis.addEventListener('online', changed)
    connection?.addEventListener('change', moved)
    return () => {
      globalThis.removeEventListener('online', changed)
      connection?.removeEventListener('change', moved)
    }
  },
}
