import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import { afterAll, beforeAll } from 'vitest'
import { sqliteDialect } from '../sqlite/sqliteDialect.ts'
import { openSqliteWorker, type SqliteWorker } from '../sqlite/sqliteWorker.ts'
import { databaseContract } from './database.contract.ts'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import { freshDatabase } from './testing/freshDatabase.ts'

databaseContract('SQLite in this thread', freshDatabase)

const folder = mkdtempSync(join(tmpdir(), 'database-'))
let worker: SqliteWorker
let db: Kysely<Database>
beforeAll(async () => {
  worker = await openSqliteWorker({ path: join(folder, 'studyhub.db') })
  db = new Kysely<Database>({ dialect: sqliteDialect(worker) })
  await migrate(db)
})
afterAll(async () => {
  await db.destroy()
  await worker.close()
  rmSync(folder, { recursive: true })
})

// A worker costs a third of a second to start: one for all, emptied for each test.
databaseContract('SQLite in a thread of its own', async () => {
  for (const { name } of await db.introspection.getTables())
    if (!name.startsWith('kysely')) await db.deleteFrom(name as keyof Database).execute()
  return db
})
