const PAGE = 500

/** Rows page by page, in the order of a key that rises: `next` gives rows above `after`, `limit` at most. */
export async function* pages<R, K>(
  next: (after: K | null, limit: number) => Promise<readonly R[]>,
  keyOf: (row: R) => K,
): AsyncGenerator<R> {
  let after: K | null = null
  for (;;) {
    const rows: readonly R[] = await next(after, PAGE)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = keyOf(last)
  }
}
