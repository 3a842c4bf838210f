import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Digits and letters without I, L, O and U: nothing in it can be taken for something else. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 28

/** A code or an invite link's token: 140 bits from the system's source. */
export const newCode = (): string => Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte & 31]).join('')

/** In groups of four, as people copy it. */
export const shownCode = (code: string): string => code.replace(/.{4}(?=.)/g, '$&-')

/** What somebody typed or followed, in its one form: case, dashes, spaces, O for 0, I and L for 1 do not matter. Null: no code at all. */
export function readCode(text: string): string | null {
  const code = text.toUpperCase().replace(/[-\s]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{28}$/.test(code) ? code : null
}

/** What the database keeps and finds it by: a copy of the table opens no group by link. */
export const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex')

/** Compares two hashes in the same time wherever they differ. */
export const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
