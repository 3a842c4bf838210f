import { createHmac, randomInt } from 'node:crypto'
import type { CodeKey } from '#persistence/database/emailCodes/emailCodes.ts'

/** No character looks like another: no 0 and O, no 1, I and L. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

export const CODE_MINUTES = 30
/** Codes that may be entered for one that was sent. */
export const CODE_TRIES = 5

/** Six characters, each of 31 alike: 887 million codes for five tries. */
export const makeCode = (): string => Array.from({ length: 6 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')

/**
 * What is stored of a code: keyed with the server's secret, for a plain hash of so few codes could be tried through; bound
 * to its address and purpose, so that no row can serve for another.
 */
export const hashCode = (secret: string, { purpose, address }: CodeKey, code: string): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify(['email-code', purpose, address, code]))
    .digest('hex')
