import { setTimeout as sleep } from 'node:timers/promises'

/** Resolves when all are done, however they end, or after `ms`. */
export async function within(ms: number, ends: readonly Promise<unknown>[]): Promise<void> {
  const over = new AbortController()
  const limit = sleep(ms, undefined, { signal: over.signal }).catch(() => undefined)
  await Promise.race([Promise.allSettled(ends), limit])
  over.abort()
}
