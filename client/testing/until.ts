import type { Store } from '../types.ts'

/** Resolves when the condition holds; looked at after each change. Rejects after `ms`, with what the store then held. */
export function until<T>(store: Store<T>, holds: () => boolean, ms = 10_000): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      stop()
      clearTimeout(timer)
      settle()
    }
    const stop = store.subscribe(() => holds() && end(resolve))
    const timer = setTimeout(() => end(() => reject(new Error(`not so after ${ms} ms: ${show(store.get())}`))), ms)
    if (holds()) end(resolve)
  })
}

const show = (value: unknown): string => {
  try {
    return JSON.stringify(value)?.slice(0, 2_000) ?? String(value)
  } catch {
    return String(value)
  }
}
