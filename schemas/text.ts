import { z } from 'zod'

// Control characters except tab and newline, bidi overrides, and other invisibles that can disguise a name or a text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point.
const LINE_BREAKS = /[\u0009\u000a]/u

const wellFormed = (s: string): boolean => s.isWellFormed()

/** One line, trimmed, NFC, no hidden characters; length in UTF-16 units. Markup is not touched: it is shown as text. */
export const line = (min: number, max: number) =>
  z
    .string()
    .max(max * 4)
    .refine((s) => wellFormed(s) && !HIDDEN.test(s) && !LINE_BREAKS.test(s), 'hidden characters')
    .transform((s) => s.normalize('NFC').trim())
    .pipe(z.string().min(min).max(max))

/** Several lines, NFC, no hidden characters, not only white space (unless min is 0). */
export const prose = (min: number, max: number) =>
  z
    .string()
    .max(max * 4)
    .transform((s) => s.replaceAll('\r\n', '\n'))
    .refine((s) => wellFormed(s) && !HIDDEN.test(s), 'hidden characters')
    .transform((s) => s.normalize('NFC').replace(/\s+$/u, ''))
    .pipe(z.string().min(min).max(max))

/** Ids given by us or by clients: short, URL-safe. */
export const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
/** One emoji: a pictographic sequence, a flag or a keycap, 32 UTF-16 units at most. */
export const emoji = z
  .string()
  .max(32)
  .regex(/^(?:\p{RGI_Emoji})$/v)
/** A number of a message or an event. */
export const number = z.int().min(1).max(Number.MAX_SAFE_INTEGER)
