/** Where a page ended: the last row's sort value (a number) and its id. Opaque to clients, and never trusted. */
export type Cursor = { readonly value: number; readonly id: string }

export const encodeCursor = ({ value, id }: Cursor): string =>
  Buffer.from(JSON.stringify([value, id])).toString('base64url')

/** Null for anything that `encodeCursor` did not make. */
export function decodeCursor(text: string): Cursor | null {
  if (!/^[A-Za-z0-9_-]{1,200}$/.test(text)) return null
  try {
    const [value, id, ...more]: unknown[] = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (!Number.isSafeInteger(value) || typeof id !== 'string' || more.length > 0) return null
    return { value: value as number, id }
  } catch {
    return null
  }
}

/** One row more than the page was asked for: whether there is a next page, and its cursor. */
export function pageOf<R>(
  rows: readonly R[],
  limit: number,
  cursorOf: (row: R) => Cursor,
): { rows: R[]; next: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last ? encodeCursor(cursorOf(last)) : null }
}
