import type { Store } from './types.ts'

export interface Writable<T> extends Store<T> {
  /** Tells the watchers, unless it is the very same value. */
  set(value: T): void
}

/** A watched value. A watcher that throws is a bug of the screen and does not keep others from being told. */
export function createStore<T>(initial: T): Writable<T> {
  const watchers = new Set<() => void>()
  let value = initial
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const changed of [...watchers]) {
        try {
          changed()
        } catch (error) {
          queueMicrotask(() => {
            throw error
          })
        }
      }
    },
    subscribe(changed) {
      // Its own function each time: the same callback may watch twice.
      const watcher = () => changed()
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
  }
}
