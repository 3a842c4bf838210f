import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createProfile } from '#persistence/database/profile/changeProfile.ts'
import { zonesOfUser } from '#persistence/database/study/zones.ts'
import { freshDatabase } from '#persistence/database/testing/freshDatabase.ts'
import { migrateAccounts } from './accountMigrations.ts'
import { accountsOf } from './accountTables.ts'
import { changeMe } from './me.ts'

test('RECORD-4 (I6): another zone holds from the ledger’s present on, whatever this machine’s clock says', async () => {
  const fresh = await freshDatabase()
  await migrateAccounts(fresh)
  const db = accountsOf(fresh)
  await sql`insert into user (id, name, email, emailVerified, createdAt, updatedAt)
    values ('ana', 'Ana', 'ana@study.example', 1, '2026-01-01', '2026-01-01')`.execute(db)
  const seoul = { timeZone: 'Asia/Seoul', dayStartHour: 5 }
  await createProfile(fresh, { userId: 'ana', handle: 'ana', name: 'Ana', locale: 'en', createdAt: 1, ...seoul })
  const now = Date.UTC(2031, 4, 6, 7)
  const berlin = { timeZone: 'Europe/Berlin', dayStartHour: 2 }
  expect(await changeMe({ db, ledger: { now: async () => now } }, 'ana', berlin)).toMatchObject(berlin)
  expect(await zonesOfUser(fresh, 'ana')).toEqual([
    { since: 0, ...seoul },
    { since: now, ...berlin },
  ])
  await fresh.destroy()
})
