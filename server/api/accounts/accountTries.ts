import type { TriesBook } from '#persistence/ports/tries.ts'

const MINUTE = 60_000

/** How often accounts may be tried. Guessing one account's password is slow from everywhere, many accounts' from one place. */
export const accountTries = (book: TriesBook, factor: number) => ({
  signUpByAddress: book.limit('signUpByAddress', { max: 30 * factor, withinMs: 60 * MINUTE }),
  /** Failed ones only, counted before the check so that guesses in parallel count too. */
  signInByEmail: book.limit('signInByEmail', { max: 10 * factor, withinMs: 15 * MINUTE }),
  signInByAddress: book.limit('signInByAddress', { max: 100 * factor, withinMs: 15 * MINUTE }),
  availableByAddress: book.limit('availableByAddress', { max: 120 * factor, withinMs: MINUTE }),
})
export type AccountTries = ReturnType<typeof accountTries>

/** Counts a guess of a password by address and e-mail; the longer wait of the two. */
export async function takeSignIn(tries: AccountTries, address: string, email: string): Promise<number> {
  return Math.max(...(await Promise.all([tries.signInByAddress.take(address), tries.signInByEmail.take(email)])))
}
/** It was no guess: the password was right. */
export async function refundSignIn(tries: AccountTries, address: string, email: string): Promise<void> {
  await Promise.all([tries.signInByAddress.refund(address), tries.signInByEmail.refund(email)])
}
