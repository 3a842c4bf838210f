import type { LedgerContext } from './context.ts'

/** A key is entered anew when its entry is older; scripts refuse to append 45 s after the entry (`TOUCH_HOLDS`). */
const TOUCH_EVERY_MS = 30_000
/** An entry that old, of a key without anything to publish, can have no append under way any more. */
const CLEAN_AFTER_MS = 60_000
const PAGE = 500
const MOST_KNOWN = 50_000

/**
 * Keys that may have events above their confirmed mark (DESIGN §5.4). The index lies in a slot of its own, so it cannot be
 * written with an append; it is written before, at most every 30 s per key, and holds more than what is dirty, never less.
 */
export function dirtyIndex({ line, keys, run }: LedgerContext) {
  const touched = new Map<string, { readonly at: number; readonly mine: number }>()
  // A server that comes back behind may have lost entries that were acknowledged.
  const stop = line.onLost(() => touched.clear())

  const touching = new Map<string, Promise<number>>()
  const touch = (key: string): Promise<number> => {
    const under = touching.get(key) ?? enter(key).finally(() => touching.delete(key))
    touching.set(key, under)
    return under
  }
  const enter = async (key: string): Promise<number> => {
    const mine = performance.now()
    const at = Number(await run('touch', [keys.dirty], key))
    touched.delete(key)
    touched.set(key, { at, mine })
    for (const oldest of touched.keys()) {
      if (touched.size <= MOST_KNOWN) break
      touched.delete(oldest)
    }
    return at
  }

  async function page(from: number) {
    const [now, pairs] = (await run('dirtyPage', [keys.dirty], from, PAGE)) as [number, string[]]
    const entries = Array.from({ length: pairs.length / 2 }, (_, i) => ({
      key: pairs[i * 2] ?? '',
      score: Number(pairs[i * 2 + 1]),
    }))
    const marks = (await line.all(
      entries.map(({ key }) => ['HMGET', keys.record(key), 'head', 'confirmed'] as const),
    )) as [string | null, string | null][]
    const isDirty = (i: number) => Number(marks[i]?.[0] ?? 0) > Number(marks[i]?.[1] ?? 0)
    return {
      dirty: entries.filter((_, i) => isDirty(i)).map(({ key }) => key),
      clean: entries.filter(({ score }, i) => !isDirty(i) && score < now - CLEAN_AFTER_MS),
      more: entries.length === PAGE,
    }
  }

  return {
    stop,
    /**
     * Runs what appends to `key` with the time of an entry that is new enough, and once more with a new one where the
     * script says that it was too old (the process may have stood still in between).
     */
    async with<T>(key: string, append: (touchedAt: number) => Promise<T | 'touch'>): Promise<T> {
      const known = touched.get(key)
      let at = known && performance.now() - known.mine < TOUCH_EVERY_MS ? known.at : await touch(key)
      for (;;) {
        const done = await append(at)
        if (done !== 'touch') return done
        at = await touch(key)
      }
    },
    async list(limit: number): Promise<string[]> {
      const found: string[] = []
      const clean: { key: string; score: number }[] = []
      for (let from = 0; found.length < limit; from += PAGE) {
        const read = await page(from)
        found.push(...read.dirty)
        clean.push(...read.clean)
        if (!read.more) break
      }
      for (let i = 0; i < clean.length; i += PAGE)
        await run('untouch', [keys.dirty], ...clean.slice(i, i + PAGE).flatMap(({ key, score }) => [key, score]))
      return found.slice(0, limit)
    },
  }
}

export type DirtyIndex = ReturnType<typeof dirtyIndex>
