import type { z } from 'zod'
import { spendCode, tryCode } from '#persistence/database/emailCodes/emailCodes.ts'
import { inTransaction } from '#persistence/database/inTransaction.ts'
import type { resetBody } from '#schemas/api/accounts.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { hashCode } from '../codes/code.ts'
import { hashPassword } from '../passwords.ts'
import { endAll, type PasswordDeps } from './passwordDeps.ts'
import { setPassword } from './setPassword.ts'
import { tellChanged } from './tellChanged.ts'

/**
 * Sets a new password for whoever has the code that was mailed to the account's address, and ends all sessions (I7). One
 * step: no answer in between says that a code was right, so there is nothing to skip or to keep. Opens no session, for a
 * second factor is still asked at the sign-in.
 */
export async function resetPassword(
  deps: PasswordDeps,
  body: z.output<typeof resetBody>,
): Promise<Record<string, never> | Refusal> {
  const { db, auth, secret, now } = deps
  const key = { purpose: 'reset', address: body.email } as const
  const code = hashCode(secret, key, body.code)
  if (!(await tryCode(db, key, code, now()))) return refuse('bad_code')
  const user = await db.selectFrom('user').select('id').where('email', '=', body.email).executeTakeFirst()
  if (!user) return refuse('bad_code')
  const password = await hashPassword(body.password)
  // Before and after: a crash in between leaves no old session, and one opened meanwhile with the old password ends too.
  await endAll(deps, user.id, null)
  const done = await inTransaction(db, async (trx) => {
    if (!(await spendCode(trx, key, code))) return false
    await setPassword(trx, auth, user.id, password)
    return true
  })
  if (!done) return refuse('bad_code')
  await endAll(deps, user.id, null)
  tellChanged(deps, user.id)
  return {}
}
