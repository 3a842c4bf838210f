export type Ranked<R> = R & { readonly rank: number }

/**
 * Ranks by a value, highest first: equals share a rank and the next goes on behind all of them (1, 2, 2, 4). Among equals the
 * order is by id, so that pages never overlap.
 */
export function ranked<R extends { readonly id: string; readonly value: number }>(rows: readonly R[]): Ranked<R>[] {
  const sorted = rows.toSorted((a, b) => b.value - a.value || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  let rank = 0
  return sorted.map((row, i) => {
    if (i === 0 || sorted[i - 1]?.value !== row.value) rank = i + 1
    return { ...row, rank }
  })
}
