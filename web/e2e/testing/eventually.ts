import { deepStrictEqual } from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import { askUntil } from '#client/testing/askUntil.ts'

/** Resolves once `read` answers `wanted`; fails with what it answered last, after `limitMs` milliseconds. */
export async function eventually<T>(read: () => Promise<T>, wanted: T, limitMs = 20_000): Promise<void> {
  const patience = { limitMs, everyMs: 100 }
  const same = (answer: T) => isDeepStrictEqual(answer, wanted)
  // The comparison shows the difference better than the error does; if it is right by now, so be it.
  await askUntil(read, same, 'the wanted answer', patience).catch(async () => deepStrictEqual(await read(), wanted))
}
