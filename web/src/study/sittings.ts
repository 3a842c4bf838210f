import type { Interval } from '#schemas/time/intervals.ts'

/** Of two stretches no further apart than this, the second goes on with the first: a reload, a room left for another. */
const APART_MS = 60_000

export type Sitting = Interval & { readonly ms: number }

/** Ascending intervals as a reader wants them; `ms` is what was studied, without the gaps, so that the sum stays exact. */
export function sittings(intervals: readonly Interval[]): Sitting[] {
  const found: Sitting[] = []
  for (const { from, to } of intervals) {
    const last = found.at(-1)
    if (last && from - last.to <= APART_MS) found[found.length - 1] = { from: last.from, to, ms: last.ms + to - from }
    else found.push({ from, to, ms: to - from })
  }
  return found
}
