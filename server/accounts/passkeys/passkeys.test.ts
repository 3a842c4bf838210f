import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { keepPasskey, passkeysOf } from '#persistence/database/passkeys/passkeys.ts'
import { freshDatabase } from '#persistence/database/testing/freshDatabase.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { Authenticator } from '#server/testing/authenticator.ts'
import { migrateAccounts } from '../accountMigrations.ts'
import { accountsOf } from '../accountTables.ts'
import { createPasskeys, PASSKEYS } from './passkeys.ts'

const ORIGIN = 'https://study.example.org'

test('PASSKEY-1: of several made at once those are kept that stay within the limit', async () => {
  const fresh = await freshDatabase()
  await migrateAccounts(fresh)
  const db = accountsOf(fresh)
  await sql`insert into user (id, name, email, emailVerified, createdAt, updatedAt)
    values ('ana', 'Ana', 'ana@study.example', 1, '2026-01-01', '2026-01-01')`.execute(db)
  const added: string[] = []
  const passkeys = createPasskeys({
    ...{ db, secret: 'secret', party: { id: 'study.example.org', origins: [ORIGIN] }, now: () => 1 },
    ...{ offered: { providers: [], passkeys: true }, copied: () => undefined, added: (user) => void added.push(user) },
  })
  for (let i = 2; i < PASSKEYS; i++)
    await keepPasskey(fresh, {
      ...{ id: `p${i}`, user_id: 'ana', name: 'x', credential_id: `c${i}`, public_key: 'key', counter: 0 },
      ...{ transports: '[]', synced: 0, created_at: 1, used_at: null },
    })
  const owner = { userId: 'ana', account: 's', handle: 'ana', name: 'Ana' }
  const bodies = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const asked = await passkeys.begin(owner)
      if (isRefusal(asked)) throw new Error(asked.refused)
      return new Authenticator(ORIGIN).create(asked, 'Laptop')
    }),
  )
  const made = await Promise.all(bodies.map((body) => passkeys.register(owner, body)))
  expect(made.filter(isRefusal).map(({ refused }) => refused)).toEqual(Array(4).fill('conflict'))
  expect([(await passkeysOf(fresh, 'ana')).length, added]).toEqual([PASSKEYS, ['ana', 'ana']])
  expect(await passkeys.begin(owner)).toMatchObject({ refused: 'conflict' })
  await fresh.destroy()
})
