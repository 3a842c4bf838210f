import { getAdapter } from 'better-auth/db/adapter'
import type { z } from 'zod'
import { createProfile } from '#persistence/database/profile/changeProfile.ts'
import { profileByHandle } from '#persistence/database/profile/findProfiles.ts'
import type { signUpBody } from '#schemas/api/accounts.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { AccountsDb } from './accountTables.ts'
import type { Auth } from './createAuth.ts'
import { hashPassword } from './passwords.ts'

/** Thrown inside the transaction only, so that it is undone. */
class Taken extends Error {
  readonly field: 'email' | 'handle'
  constructor(field: 'email' | 'handle') {
    super(field)
    this.field = field
  }
}

/**
 * Creates the user, his password and his profile: all three or none. `taken` names the field; of several at once with the
 * same e-mail or handle one wins. When codes by e-mail come, they are checked before this is called.
 */
export async function signUp(
  { db, auth }: { db: AccountsDb; auth: Auth },
  body: z.output<typeof signUpBody>,
): Promise<{ userId: string } | Refusal> {
  const password = await hashPassword(body.password)
  try {
    return await db.transaction().execute(async (trx) => {
      if (await emailTaken(trx, body.email)) throw new Taken('email')
      if (await profileByHandle(trx, body.handle)) throw new Taken('handle')
      // The library's own adapter on our transaction writes its rows in the form it reads them.
      const adapter = await getAdapter({ ...auth.options, database: { db: trx, type: 'sqlite' } })
      const now = new Date()
      const times = { createdAt: now, updatedAt: now }
      const user = await adapter.create<Record<string, unknown>, { id: string }>({
        model: 'user',
        data: { name: body.name, email: body.email, emailVerified: false, ...times },
      })
      await adapter.create({
        model: 'account',
        data: { userId: user.id, accountId: user.id, providerId: 'credential', password, ...times },
      })
      const { name, handle, timeZone, locale } = body
      const profile = { userId: user.id, name, handle, timeZone, dayStartHour: 5, locale, createdAt: now.getTime() }
      if (!(await createProfile(trx, profile))) throw new Taken('handle')
      return { userId: user.id }
    })
  } catch (error) {
    if (error instanceof Taken) return refuse('taken', { field: error.field })
    // Two at once on two nodes: the loser's insert failed on the unique e-mail.
    if (await emailTaken(db, body.email)) return refuse('taken', { field: 'email' })
    throw error
  }
}

export async function emailTaken(db: Pick<AccountsDb, 'selectFrom'>, email: string): Promise<boolean> {
  return (await db.selectFrom('user').select('id').where('email', '=', email).executeTakeFirst()) !== undefined
}
