import { pino } from 'pino'
import { expect, test } from 'vitest'
import { freshDatabase } from '#persistence/database/testing/freshDatabase.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { passwordOnly } from '#server/config/signInWays.ts'
import { migrateAccounts } from './accountMigrations.ts'
import { accountsOf } from './accountTables.ts'
import { createAuth } from './createAuth.ts'
import { otherSessions } from './devices.ts'
import { createEndSessions } from './endSessions.ts'
import { setPassword } from './password/setPassword.ts'
import { hashPassword } from './passwords.ts'
import { signIn } from './signIn.ts'

test('ACCT-20: a password that is replaced between its check and the session opens nothing', async () => {
  const ours = await freshDatabase()
  await migrateAccounts(ours)
  const db = accountsOf(ours)
  const auth = createAuth({
    ...{ db, secret: 'x'.repeat(32), secure: false, log: pino({ level: 'silent' }) },
    ...{ origin: 'http://localhost', ways: passwordOnly },
  })
  const endSessions = createEndSessions(db, { revokeSessions: async () => {} }, async () => {})
  const { internalAdapter, adapter } = await auth.$context
  const email = 'mina@study.example'
  const at = new Date()
  const { id } = await adapter.create<Record<string, unknown>, { id: string }>({
    model: 'user',
    data: { email, name: 'Mina', emailVerified: true, createdAt: at, updatedAt: at },
  })
  const replace = async (password: string) => {
    const hash = await hashPassword(password)
    await db.transaction().execute((trx) => setPassword(trx, auth, id, hash))
    await endSessions(id, await otherSessions(db, id, null))
  }
  await replace('the first 1!')
  const attempt = () => signIn({ db, auth, endSessions }, { email, password: 'the first 1!' }, from)
  const from = { address: '127.0.0.1', userAgent: 'test' }
  expect(isRefusal(await attempt())).toBe(false)

  // The password was right; by the time its session is made, a reset has run from its beginning to its end.
  const { createSession } = internalAdapter
  internalAdapter.createSession = async (...given) => {
    internalAdapter.createSession = createSession
    await replace('the second 2!')
    return createSession(...given)
  }
  expect(await attempt()).toEqual({ refused: 'bad_credentials' })
  expect(await db.selectFrom('session').select('id').execute()).toEqual([])
  await ours.destroy()
})
