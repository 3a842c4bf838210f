import { expect, test } from 'vitest'
import { freshDatabase } from '#persistence/database/testing/freshDatabase.ts'
import { LedgerUnavailable } from '#persistence/ports/ledger.ts'
import { migrateAccounts } from './accountMigrations.ts'
import { accountsOf } from './accountTables.ts'
import { createEndSessions } from './endSessions.ts'
import { goneSessions } from './goneSessions.ts'

test('ACCT-5: an ended session is gone for whoever asks the database, and its sockets close also with the ledger away (I7)', async () => {
  const ours = await freshDatabase()
  await migrateAccounts(ours)
  const db = accountsOf(ours)
  const at = new Date(0).toISOString()
  const user = { id: 'u', name: 'Mina', email: 'mina@study.example', createdAt: at }
  await db
    .insertInto('user')
    .values({ ...user, emailVerified: 1, updatedAt: at } as never)
    .execute()
  const session = (id: string) => ({
    ...{ id, userId: 'u', token: `token ${id}`, expiresAt: at, createdAt: at, updatedAt: at },
    ...{ userAgent: null, ipAddress: null },
  })
  const ids = Array.from({ length: 1100 }, (_, i) => `s${i}`)
  for (const id of ids) await db.insertInto('session').values(session(id)).execute()
  const gone = goneSessions(db)
  expect(await gone([...ids, 'never'])).toEqual(['never'])
  const closed: string[] = []
  const end = createEndSessions(
    db,
    {
      async revokeSessions() {
        throw new LedgerUnavailable('away')
      },
    },
    async (id) => void closed.push(id),
  )
  expect(await end('u', ['s3', 's700', 'never'])).toEqual(['s3', 's700'])
  expect(closed.toSorted()).toEqual(['s3', 's700'])
  expect(await gone(ids)).toEqual(['s3', 's700'])
  expect(await gone([])).toEqual([])
  await ours.destroy()
})
