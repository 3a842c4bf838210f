import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { migrations } from './migrations/migrations.ts'
import { migrateMysql, openMysqlDatabase } from './mysqlDatabase.ts'
import { mysqlForTest } from './testing/mysqlForTest.ts'

const exec = promisify(execFile)

async function fresh() {
  const { url, drop } = await mysqlForTest()
  const db = openMysqlDatabase(url)
  onTestFinished(async () => {
    await db.destroy()
    await drop()
  })
  return { url, db }
}

test('STORE-4: of four processes that start at once on MySQL one migrates, the others find it done', async () => {
  const { url, db } = await fresh()
  const script = join(import.meta.dirname, 'testing/migrateProcess.ts')
  const runs = await Promise.all([1, 2, 3, 4].map(() => exec(process.execPath, [script, url])))
  const counts = runs.map(({ stdout }) => Number(stdout)).sort((a, b) => a - b)
  expect(counts).toEqual([0, 0, 0, Object.keys(migrations).length])
  expect(await db.selectFrom('profile').selectAll().execute()).toEqual([])
})

test('STORE-4: what another library needs runs inside the lock, on MySQL too', async () => {
  const { url } = await fresh()
  let running = 0
  let most = 0
  const before = async () => {
    most = Math.max(most, ++running)
    await new Promise(setImmediate)
    running--
  }
  await Promise.all([1, 2, 3].map(() => migrateMysql(url, before)))
  expect(most).toBe(1)
})

test('STORE-10: tables of a database made with other rules for comparing get ours, or the start is refused', async () => {
  const { url, db } = await fresh()
  await sql`alter database character set utf8mb4 collate utf8mb4_0900_ai_ci`.execute(db)
  await sql`create table stranger (id varchar(8))`.execute(db)
  await expect(migrateMysql(url)).rejects.toThrow('utf8mb4_0900_bin')
  await sql`drop table stranger`.execute(db)
  await migrateMysql(url)
  const { rows } = await sql<{ n: number }>`select count(*) as n from information_schema.columns
    where table_schema = database() and collation_name <> 'utf8mb4_0900_bin'`.execute(db)
  expect(rows).toEqual([{ n: 0 }])
})

test('STORE-10: keys that differ in case, accents or spaces behind are different; what is too long is refused', async () => {
  const { url, db } = await fresh()
  await migrateMysql(url)
  const row = (user_id: string) => ({ user_id, conversation: 'c', number: 1, marked_unread_at: null, applied_seq: 1 })
  const ids = ['a', 'A', 'á', 'a ', '\uac00', '\u1100\u1161']
  await db.insertInto('read_marker').values(ids.map(row)).execute()
  for (const id of ids)
    expect(await db.selectFrom('read_marker').select('user_id').where('user_id', '=', id).execute()).toEqual([
      { user_id: id },
    ])
  await expect(
    db
      .insertInto('read_marker')
      .values(row('x'.repeat(65)))
      .execute(),
  ).rejects.toMatchObject({ errno: 1406 })
})
