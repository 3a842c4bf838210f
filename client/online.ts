/** What the device knows of its network. A hint: `true` promises nothing. */
export interface Online {
  now(): boolean
  subscribe(changed: () => void): () => void
}

const alwaysOnline: Online = { now: () => true, subscribe: () => () => {} }

/** The browser's own knowledge, where there is one. */
export function deviceOnline(): Online {
  if (typeof navigator === 'undefined' || typeof globalThis.addEventListener !== 'function') return alwaysOnline
  return {
    now: () => navigator.onLine !== false,
    subscribe(changed) {
      globalThis.addEventListener('online', changed)
      globalThis.addEventListener('offline', changed)
      return () => {
        globalThis.removeEventListener('online', changed)
        globalThis.removeEventListener('offline', changed)
      }
    },
  }
}
