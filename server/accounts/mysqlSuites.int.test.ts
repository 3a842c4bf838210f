import type { Kysely } from 'kysely'
import { afterAll, beforeAll } from 'vitest'
import type { Database } from '#persistence/database/database.ts'
import { migrateMysql, openMysqlDatabase } from '#persistence/database/mysqlDatabase.ts'
import { emptyTables } from '#persistence/database/testing/emptyTables.ts'
import { openDatabasesBy } from '#persistence/database/testing/freshDatabase.ts'
import { mysqlForTest } from '#persistence/database/testing/mysqlForTest.ts'

// Everything that is written against the database beside its own repositories, once more on MySQL: read models, what is kept
// about a person, retention, accounts.
import '#persistence/personalData/groupsPart.test.ts'
import '#persistence/personalData/parts.test.ts'
import '#persistence/projections/projections.test.ts'
import '#persistence/projections/readMarkers/readMarkersProjection.test.ts'
import '#persistence/projections/rooms/roomsProjection.test.ts'
import '#persistence/projections/studyTime/record.property.test.ts'
import '#persistence/retention/retention.test.ts'
import './me.test.ts'
import './passkeys/passkeys.test.ts'
import './signIn.test.ts'

let url: string
let drop: () => Promise<void>
const opened: Kysely<Database>[] = []
beforeAll(async () => {
  const made = await mysqlForTest()
  url = made.url
  drop = made.drop
  await migrateMysql(url)
})
afterAll(async () => {
  await Promise.all(opened.map((db) => db.destroy()))
  await drop()
})

// One database for all, emptied for each test; a handle of its own for each, which the test may close.
openDatabasesBy(async () => {
  const db = openMysqlDatabase(url, { connections: 4 })
  opened.push(db)
  await emptyTables(db)
  return db
})
