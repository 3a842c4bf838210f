import { Tries } from '#server/http/tries.ts'

const MINUTE = 60_000

/** How often accounts may be tried. Guessing one account's password is slow from everywhere, many accounts' from one place. */
export const accountTries = (factor: number) => ({
  signUpByAddress: new Tries({ max: 30 * factor, withinMs: 60 * MINUTE }),
  /** Failed ones only, counted before the check so that guesses in parallel count too. */
  signInByEmail: new Tries({ max: 10 * factor, withinMs: 15 * MINUTE }),
  signInByAddress: new Tries({ max: 100 * factor, withinMs: 15 * MINUTE }),
  availableByAddress: new Tries({ max: 120 * factor, withinMs: MINUTE }),
})
export type AccountTries = ReturnType<typeof accountTries>
