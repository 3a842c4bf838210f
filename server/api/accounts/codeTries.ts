import { Tries } from '#server/http/tries.ts'

const MINUTE = 60_000

/** A person waits this long before asking for another code. */
export const AGAIN_MS = MINUTE

/** How often codes may be asked for and guessed. What counts by e-mail counts alike for one with an account and one without. */
export const codeTries = (factor: number) => ({
  /** Two in a minute: the first and one more at once by whoever closed the page. */
  askByEmailSoon: new Tries({ max: 2 * factor, withinMs: AGAIN_MS }),
  askByEmail: new Tries({ max: 5 * factor, withinMs: 60 * MINUTE }),
  askByAddress: new Tries({ max: 60 * factor, withinMs: 60 * MINUTE }),
  /** Failed ones only; over all codes of an e-mail, beside the five tries that each code has. */
  guessByEmail: new Tries({ max: 20 * factor, withinMs: 60 * MINUTE }),
  guessByAddress: new Tries({ max: 60 * factor, withinMs: 60 * MINUTE }),
  /** Guesses of the current password by somebody who found an open session. */
  changeByUser: new Tries({ max: 10 * factor, withinMs: 15 * MINUTE }),
})
export type CodeTries = ReturnType<typeof codeTries>
