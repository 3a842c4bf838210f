import type { Store } from '#client/types.ts'

/** Resolves when the watched value is as wanted; rejects, saying what was waited for, after `limitMs`. */
export function until<T>(
  store: Store<T>,
  wanted: (value: T) => boolean,
  what: string | (() => string),
  limitMs = 20_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(limit)
      unsubscribe()
    }
    const look = () => {
      const value = store.get()
      if (!wanted(value)) return
      end()
      resolve(value)
    }
    const limit = setTimeout(() => {
      unsubscribe()
      reject(new Error(`not within ${limitMs} ms: ${typeof what === 'string' ? what : what()}`))
    }, limitMs)
    const unsubscribe = store.subscribe(look)
    look()
  })
}
