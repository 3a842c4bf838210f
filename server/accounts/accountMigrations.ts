import { getMigrations } from 'better-auth/db/migration'
import type { Kysely } from 'kysely'
import { pino } from 'pino'
import type { Database } from '#persistence/database/database.ts'
import { passwordOnly } from '#server/config/signInWays.ts'
import { accountsOf } from './accountTables.ts'
import { createAuth } from './createAuth.ts'

/** Makes or completes the accounts library's tables. It takes no lock of its own: call it inside the migration lock. */
export async function migrateAccounts(db: Kysely<Database>): Promise<void> {
  const silent = pino({ level: 'silent' })
  const unused = 'only the options are read here, nothing is signed'
  const auth = createAuth({
    ...{ db: accountsOf(db), secret: unused, secure: false, log: silent },
    ...{ origin: 'http://localhost', ways: passwordOnly },
  })
  const { runMigrations } = await getMigrations(auth.options)
  await runMigrations()
}
