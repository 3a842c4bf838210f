import type { Kysely } from 'kysely'
import { afterAll, beforeAll } from 'vitest'
import { databaseContract } from './database.contract.ts'
import type { Database } from './database.ts'
import { migrateMysql, openMysqlDatabase } from './mysqlDatabase.ts'
import { emptyTables } from './testing/emptyTables.ts'
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
  await emptyTables(db)
  return db
})
