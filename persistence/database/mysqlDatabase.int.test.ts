import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll } from 'vitest'
import { databaseContract } from './database.contract.ts'
import type { Database } from './database.ts'
import { migrateMysql, openMysqlDatabase } from './mysqlDatabase.ts'
import { mysqlForTest } from './testing/mysqlForTest.ts'

let db: Kysely<Database>
let drop: () => Promise<void>
beforeAll(async () => {
  const made = await mysqlForTest()
  drop = made.drop
  await migrateMysql(made.url)
  db = openMysqlDatabase(made.url)
})
afterAll(async () => {
  await db.destroy()
  await drop()
})

// One database for all, emptied for each test: to make one takes seconds.
databaseContract('MySQL', async () => {
  for (const { name } of await db.introspection.getTables())
    if (!name.startsWith('kysely')) await sql`delete from ${sql.table(name)}`.execute(db)
  return db
})
