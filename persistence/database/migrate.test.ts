import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import type { Database } from './database.ts'
import { inThreadSqliteDialect } from './inThreadSqlite.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/migrations.ts'
import { sqliteMigrationLock } from './sqliteMigrationLock.ts'

function open() {
  const folder = mkdtempSync(join(tmpdir(), 'migrate-'))
  const path = join(folder, 'app.db')
  const databases: Kysely<Database>[] = []
  onTestFinished(async () => {
    for (const db of databases) await db.destroy()
    rmSync(folder, { recursive: true })
  })
  const connect = () => {
    const db = new Kysely<Database>({ dialect: inThreadSqliteDialect(path) })
    databases.push(db)
    return db
  }
  return { path, connect }
}

test('STORE-4: of several that start at once, one migrates and the others find it done', async () => {
  const { path, connect } = open()
  const done = await Promise.all([1, 2, 3, 4].map(() => migrate(connect(), { lock: sqliteMigrationLock(path) })))
  expect(done.map((steps) => steps.length).sort()).toEqual([0, 0, 0, Object.keys(migrations).length])
})

test('STORE-4: what another library needs runs once inside the same lock', async () => {
  const { path, connect } = open()
  let running = 0
  let most = 0
  const before = async () => {
    most = Math.max(most, ++running)
    await new Promise(setImmediate)
    running--
  }
  await Promise.all([1, 2, 3].map(() => migrate(connect(), { lock: sqliteMigrationLock(path), before })))
  expect(most).toBe(1)
})

test('STORE-4: a failed step says which, and the next start goes on from there', async () => {
  const { connect } = open()
  const db = connect()
  await db.schema.createTable('read_marker').addColumn('id', 'integer').execute()
  await expect(migrate(db)).rejects.toThrow(/0004_read_marker/)
  await db.schema.dropTable('read_marker').execute()
  await migrate(db)
  expect(await db.selectFrom('profile').selectAll().execute()).toEqual([])
})

test('STORE-4: step names sort in the order they are written', () => {
  const names = Object.keys(migrations)
  expect(names).toEqual(names.toSorted())
})
