/** Inclusive, as HTTP counts. */
export type ByteRange = { readonly first: number; readonly last: number }

/**
 * What a Range header asks of `length` bytes: null for all of them (no header, several ranges, or nothing we understand),
 * `unsatisfiable` if it begins behind the end.
 */
export function byteRange(header: string | null, length: number): ByteRange | null | 'unsatisfiable' {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (!match) return null
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return null
  if (from === '') {
    const count = Math.min(Number(to), length)
    return count === 0 ? 'unsatisfiable' : { first: length - count, last: length - 1 }
  }
  const first = Number(from)
  if (to !== '' && Number(to) < first) return null
  if (first >= length) return 'unsatisfiable'
  return { first, last: to === '' ? length - 1 : Math.min(Number(to), length - 1) }
}
