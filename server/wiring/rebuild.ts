// npm run rebuild -- study: works a read model out anew from what it is made of (RECORD-6). On the folder of DATA; a node that
// runs on it has to be stopped first.
import { join } from 'node:path'
import { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import { migrate } from '#persistence/database/migrate.ts'
import { sqliteMigrationLock } from '#persistence/database/sqliteMigrationLock.ts'
import { rebuildDays } from '#persistence/database/study/rebuildDays.ts'
import { sqliteDialect } from '#persistence/sqlite/sqliteDialect.ts'
import { openSqliteWorker } from '#persistence/sqlite/sqliteWorker.ts'
import { migrateAccounts } from '#server/accounts/accountMigrations.ts'
import { readSettings } from '#server/config/readSettings.ts'
import { StartFault } from '#server/node/StartFault.ts'
import { takeDataFolder } from './dataFolder.ts'

async function rebuild(what: string | undefined, dir: string): Promise<void> {
  if (what !== 'study') throw new StartFault('Say what to rebuild: npm run rebuild -- study')
  const lock = takeDataFolder(dir)
  const path = join(dir, 'studyhub.db')
  const file = await openSqliteWorker({ path })
  const db = new Kysely<Database>({ dialect: sqliteDialect(file) })
  try {
    await migrate(db, { lock: sqliteMigrationLock(path), before: () => migrateAccounts(db) })
    const { members, days, changed } = await rebuildDays(db)
    console.log(`Study rebuilt: ${members} members, ${days} days; ${changed} rows differed.`)
  } finally {
    await db.destroy()
    await file.close()
    lock.release()
  }
}

try {
  await rebuild(process.argv[2], readSettings(process.env).data)
} catch (error) {
  console.error(error instanceof StartFault ? error.message : error)
  process.exitCode = 1
}
