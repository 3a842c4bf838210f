import type { TriesBook } from '#persistence/ports/tries.ts'

const MINUTE = 60_000

/** A person waits this long before asking for another code. */
export const AGAIN_MS = MINUTE

/** How often codes may be asked for and guessed. What counts by e-mail counts alike for one with an account and one without. */
export const codeTries = (book: TriesBook, factor: number) => ({
  /** Two in a minute: the first and one more at once by whoever closed the page. */
  askByEmailSoon: book.limit('askByEmailSoon', { max: 2 * factor, withinMs: AGAIN_MS }),
  askByEmail: book.limit('askByEmail', { max: 5 * factor, withinMs: 60 * MINUTE }),
  askByAddress: book.limit('askByAddress', { max: 60 * factor, withinMs: 60 * MINUTE }),
  /** Failed ones only; over all codes of an e-mail, beside the five tries that each code has. */
  guessByEmail: book.limit('guessByEmail', { max: 20 * factor, withinMs: 60 * MINUTE }),
  guessByAddress: book.limit('guessByAddress', { max: 60 * factor, withinMs: 60 * MINUTE }),
  /** Guesses of the current password by somebody who found an open session. */
  changeByUser: book.limit('changeByUser', { max: 10 * factor, withinMs: 15 * MINUTE }),
})
export type CodeTries = ReturnType<typeof codeTries>
