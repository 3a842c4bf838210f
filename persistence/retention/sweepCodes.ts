import type { Db } from '../database/database.ts'
import { sweepEmailCodes } from '../database/emailCodes/emailCodes.ts'
import { sweepChallenges } from '../database/passkeys/passkeys.ts'

/** Removes what is left of sign-ups, resets and sign-ins that were over at `at`: addresses above all. */
export async function sweepCodes(db: Db, at: number): Promise<void> {
  await sweepEmailCodes(db, at)
  await sweepChallenges(db, at)
}
