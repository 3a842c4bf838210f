/** Half-open: `to` is no longer in it. Milliseconds. */
export type Interval = { readonly from: number; readonly to: number }

/** The part within [from, to), ascending, overlapping or touching ones made one: no instant counts twice (I6). */
export function mergedWithin(intervals: readonly Interval[], from: number, to: number): Interval[] {
  const clipped = intervals
    .map((i) => ({ from: Math.max(i.from, from), to: Math.min(i.to, to) }))
    .filter((i) => i.from < i.to)
    .sort((a, b) => a.from - b.from)
  const merged: { from: number; to: number }[] = []
  for (const interval of clipped) {
    const last = merged.at(-1)
    if (last && interval.from <= last.to) last.to = Math.max(last.to, interval.to)
    else merged.push(interval)
  }
  return merged
}

/** Sum of lengths; meant for merged intervals. */
export const lengthOf = (intervals: readonly Interval[]): number => intervals.reduce((sum, i) => sum + i.to - i.from, 0)
