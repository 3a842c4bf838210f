import type { Transaction } from 'kysely'
import type { AccountTables } from '../accountTables.ts'
import { adapterOn } from '../adapterOn.ts'
import type { Auth } from '../createAuth.ts'

const credentialOf = (userId: string) => [
  { field: 'userId', value: userId },
  { field: 'providerId', value: 'credential' },
]

/** Sets the hash of the user's password; one who signed in by another way only has a password from now on. */
export async function setPassword(
  trx: Transaction<AccountTables>,
  auth: Auth,
  userId: string,
  password: string,
): Promise<void> {
  const adapter = await adapterOn(auth, trx)
  const where = credentialOf(userId)
  const updatedAt = new Date()
  if (await adapter.findOne({ model: 'account', where })) {
    await adapter.update({ model: 'account', where, update: { password, updatedAt } })
    return
  }
  const times = { createdAt: updatedAt, updatedAt }
  await adapter.create({
    model: 'account',
    data: { userId, accountId: userId, providerId: 'credential', password, ...times },
  })
}

/** The stored hash; null if the user has no password. */
export async function passwordHash(auth: Auth, userId: string): Promise<string | null> {
  const { adapter } = await auth.$context
  const row = await adapter.findOne<{ password?: string | null }>({ model: 'account', where: credentialOf(userId) })
  return row?.password ?? null
}
