import { inTransaction } from '#persistence/database/inTransaction.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { hashPassword, verifyPassword } from '../passwords.ts'
import { endAll, type PasswordDeps } from './passwordDeps.ts'
import { passwordHash, setPassword } from './setPassword.ts'
import { tellChanged } from './tellChanged.ts'

/** Changes the password of who knows the current one, and ends his other sessions (I7); `session` stays. */
export async function changePassword(
  deps: PasswordDeps,
  { userId, session }: { userId: string; session: string },
  body: { current: string; password: string },
): Promise<Record<string, never> | Refusal> {
  const { db, auth } = deps
  const hash = await passwordHash(auth, userId)
  if (hash === null || !(await verifyPassword({ hash, password: body.current }))) return refuse('wrong_password')
  const password = await hashPassword(body.password)
  await inTransaction(db, (trx) => setPassword(trx, auth, userId, password))
  await endAll(deps, userId, session)
  tellChanged(deps, userId)
  return {}
}
