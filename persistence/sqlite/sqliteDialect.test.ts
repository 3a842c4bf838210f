import { join } from 'node:path'
import { type Generated, Kysely, sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { sqliteDialect } from './sqliteDialect.ts'
import { openSqliteWorker } from './sqliteWorker.ts'
import { temporaryFolder } from './testing/temporaryFolder.ts'

type Tables = {
  notes: { id: string; done: number | boolean; at: number | Date; text: string | null; rank: Generated<number> }
}

async function open() {
  const worker = await openSqliteWorker({ path: join(temporaryFolder(), 'test.db') })
  const db = new Kysely<Tables>({ dialect: sqliteDialect(worker) })
  onTestFinished(async () => {
    await db.destroy()
    await worker.close()
  })
  await sql`create table notes (id varchar(36) primary key, done integer, at bigint, text text, rank integer default 5)`.execute(
    db,
  )
  return db
}
const note = (id: string, text: string | null = null) => ({ id, done: 0, at: 1, text })
const ids = async (db: Kysely<Tables>) =>
  (await db.selectFrom('notes').select('id').orderBy('id').execute()).map((r) => r.id)

describe('kysely over the worker', () => {
  test('SQLITE-6: statements report rows and counts; dates, booleans and undefined are bound', async () => {
    const db = await open()
    const at = new Date(1_700_000_000_000)
    await db
      .insertInto('notes')
      // Loosely typed callers hand over undefined: it is bound as null.
      .values({ at, done: true, id: 'a', text: undefined as never })
      .execute()
    await sql`update notes set at = ${at}, done = ${true} where id = 'a'`.execute(db)
    const row = await db.selectFrom('notes').selectAll().executeTakeFirstOrThrow()
    expect(row).toEqual({ id: 'a', done: 1, at: at.getTime(), text: null, rank: 5 })
    const result = await db.updateTable('notes').set({ done: 0 }).where('id', '=', 'b').executeTakeFirst()
    expect(result.numUpdatedRows).toBe(0n)
    expect(await db.deleteFrom('notes').returning('id').execute()).toEqual([{ id: 'a' }])
  })

  test('SQLITE-7: a transaction has the file alone; others wait for its end', async () => {
    const db = await open()
    const order: string[] = []
    const begun = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    const first = db.transaction().execute(async (trx) => {
      await trx.insertInto('notes').values(note('a')).execute()
      begun.resolve()
      await go.promise
      order.push('first')
    })
    await begun.promise
    const outside = ids(db).then((seen) => order.push(`outside saw ${seen}`))
    const second = db.transaction().execute(async (trx) => {
      order.push(`second saw ${(await trx.selectFrom('notes').select('id').execute()).length}`)
    })
    await new Promise(setImmediate)
    go.resolve()
    await Promise.all([first, outside, second])
    expect(order).toEqual(['first', 'outside saw a', 'second saw 1'])
  })

  test('SQLITE-7: a transaction that throws leaves nothing; a savepoint is undone alone', async () => {
    const db = await open()
    const failing = db.transaction().execute(async (trx) => {
      await trx.insertInto('notes').values(note('a')).execute()
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await ids(db)).toEqual([])
    const trx = await db.startTransaction().execute()
    await trx.insertInto('notes').values(note('b')).execute()
    const inner = await trx.savepoint('inner').execute()
    await inner.insertInto('notes').values(note('c')).execute()
    await inner.rollbackToSavepoint('inner').execute()
    await trx.commit().execute()
    expect(await ids(db)).toEqual(['b'])
  })

  test('SQLITE-8: a duplicate key says so by errcode and harms no other statement', async () => {
    const db = await open()
    const results = await Promise.allSettled(
      ['a', 'a', 'b'].map((id) => db.insertInto('notes').values(note(id)).execute()),
    )
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(results[1]).toMatchObject({ reason: { errcode: 1555 } })
  })

  test('SQLITE-7: a bare begin is refused; streams read in chunks', async () => {
    const db = await open()
    await expect(sql`begin`.execute(db)).rejects.toThrow('db.transaction()')
    await db
      .insertInto('notes')
      .values(['a', 'b', 'c'].map((id) => note(id)))
      .execute()
    const seen: string[] = []
    for await (const row of db.selectFrom('notes').select('id').stream(2)) seen.push(row.id)
    expect(seen).toHaveLength(3)
  })
})
