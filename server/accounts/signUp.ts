import type { z } from 'zod'
import { spendCode, tryCode } from '#persistence/database/emailCodes/emailCodes.ts'
import { inTransaction } from '#persistence/database/inTransaction.ts'
import { createProfile } from '#persistence/database/profile/changeProfile.ts'
import { profileByHandle } from '#persistence/database/profile/findProfiles.ts'
import type { signUpBody } from '#schemas/api/accounts.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { AccountsDb } from './accountTables.ts'
import { adapterOn } from './adapterOn.ts'
import { hashCode } from './codes/code.ts'
import type { Auth } from './createAuth.ts'
import { hashPassword } from './passwords.ts'

/** Thrown inside the transaction only, so that it is undone. */
class Undo extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.refused)
    this.refusal = refusal
  }
}
const taken = (field: 'email' | 'handle') => refuse('taken', { field })

/**
 * Creates the user, his password and his profile, all three or none, for whoever has the code that was mailed to the
 * address: nothing of an account is there before. A wrong code is `bad_code`, whether the address has an account or not.
 * `taken` names the field and leaves the code good for another try; of several at once with the same handle or the same
 * code one wins.
 */
export async function signUp(
  { db, auth, secret, now }: { db: AccountsDb; auth: Auth; secret: string; now: () => number },
  body: z.output<typeof signUpBody>,
): Promise<{ userId: string } | Refusal> {
  if (await profileByHandle(db, body.handle)) return taken('handle')
  const key = { purpose: 'sign-up', address: body.email } as const
  const code = hashCode(secret, key, body.code)
  if (!(await tryCode(db, key, code, now()))) return refuse('bad_code')
  const password = await hashPassword(body.password)
  try {
    return await inTransaction(db, async (trx) => {
      if (!(await spendCode(trx, key, code))) throw new Undo(refuse('bad_code'))
      // Only its owner comes so far: it was made by another way since the code was sent.
      if (await emailTaken(trx, body.email)) throw new Undo(taken('email'))
      const adapter = await adapterOn(auth, trx)
      const at = new Date(now())
      const times = { createdAt: at, updatedAt: at }
      const user = await adapter.create<Record<string, unknown>, { id: string }>({
        model: 'user',
        data: { name: body.name, email: body.email, emailVerified: true, ...times },
      })
      await adapter.create({
        model: 'account',
        data: { userId: user.id, accountId: user.id, providerId: 'credential', password, ...times },
      })
      const { name, handle, timeZone, locale } = body
      const profile = { userId: user.id, name, handle, timeZone, dayStartHour: 5, locale, createdAt: at.getTime() }
      if (!(await createProfile(trx, profile))) throw new Undo(taken('handle'))
      return { userId: user.id }
    })
  } catch (error) {
    if (error instanceof Undo) return error.refusal
    // Two at once on two nodes: the loser's insert failed on the unique e-mail.
    if (await emailTaken(db, body.email)) return taken('email')
    throw error
  }
}

async function emailTaken(db: Pick<AccountsDb, 'selectFrom'>, email: string): Promise<boolean> {
  return (await db.selectFrom('user').select('id').where('email', '=', email).executeTakeFirst()) !== undefined
}
