import { deepStrictEqual } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'

/** Resolves once `read` answers `wanted`; fails with what it answered last, after `limitMs` milliseconds. */
export async function eventually<T>(read: () => Promise<T>, wanted: T, limitMs = 20_000): Promise<void> {
  const until = performance.now() + limitMs
  for (;;) {
    const now = await read()
    if (isDeepStrictEqual(now, wanted)) return
    if (performance.now() > until) deepStrictEqual(now, wanted)
    await sleep(100)
  }
}
