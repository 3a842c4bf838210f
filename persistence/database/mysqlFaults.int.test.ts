import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type RealServer, startServer } from '../../ops/servers/startServer.ts'
import { StoreUnavailable } from '../ports/storeUnavailable.ts'
import { faultProxy } from '../testing/faultProxy.ts'
import { took } from '../testing/took.ts'
import type { Database } from './database.ts'
import { isContention } from './dialect.ts'
import { inTransaction } from './inTransaction.ts'
import { DatabaseTooSlow } from './mysqlConnection.ts'
import { migrateMysql, openMysqlDatabase } from './mysqlDatabase.ts'
import type { MysqlLimits } from './mysqlPool.ts'
import { GREETING_BROKEN } from './testing/greetingBroken.ts'
import { mysqlForTest } from './testing/mysqlForTest.ts'
import { roomRow } from './testing/rows.ts'

let server: RealServer
let url: string
beforeAll(async () => {
  server = await startServer('mysql')
  url = (await mysqlForTest(server.settings['MYSQL_URL'])).url
  await migrateMysql(url)
})
afterAll(() => server.stop())

const open = (limits: Partial<MysqlLimits> = {}): Kysely<Database> => {
  const db = openMysqlDatabase(url, limits)
  onTestFinished(() => db.destroy())
  return db
}
const rename = (db: Kysely<Database>, id: string, name: string) =>
  db.updateTable('room').set({ name }).where('id', '=', id).execute()

/** Resolves for all when so many have come. */
function meeting(count: number) {
  const { promise, resolve } = Promise.withResolvers<void>()
  return () => {
    if (--count <= 0) resolve()
    return promise
  }
}

describe('locks', () => {
  let db: Kysely<Database>
  beforeEach(async () => {
    db = open()
    await db.deleteFrom('room').execute()
    await db
      .insertInto('room')
      .values([roomRow('a'), roomRow('b')])
      .execute()
  })

  test('STORE-11: of two transactions that cross, one runs again from its start, and both are done', async () => {
    const both = meeting(2)
    let runs = 0
    const cross = (first: string, second: string) =>
      inTransaction(db, async (trx) => {
        runs++
        await trx
          .updateTable('room')
          .set((e) => ({ capacity: e('capacity', '+', 1) }))
          .where('id', '=', first)
          .execute()
        await both()
        await trx
          .updateTable('room')
          .set((e) => ({ capacity: e('capacity', '+', 1) }))
          .where('id', '=', second)
          .execute()
      })
    await Promise.all([cross('a', 'b'), cross('b', 'a')])
    expect(runs).toBeGreaterThan(2)
    const rows = await db.selectFrom('room').select('capacity').execute()
    expect(rows.map((row) => row.capacity)).toEqual([12, 12])
  })

  test('STORE-11: a failure of the work itself is not tried again', async () => {
    let runs = 0
    const failing = inTransaction(db, async (trx) => {
      runs++
      await trx.updateTable('room').set({ name: 'x' }).where('id', '=', 'a').execute()
      throw new Error('ours')
    })
    await expect(failing).rejects.toThrow('ours')
    expect(runs).toBe(1)
    expect((await db.selectFrom('room').select('name').where('id', '=', 'a').executeTakeFirstOrThrow()).name).toBe('a')
  })

  test('STORE-11: thirty that look for a row and insert it do not end each other', async () => {
    const wide = open({ connections: 30 })
    const tries = Array.from({ length: 30 }, (_, i) =>
      wide.transaction().execute(async (trx) => {
        await trx.selectFrom('room').select('id').where('id', '=', `new${i}`).forUpdate().execute()
        await trx
          .insertInto('room')
          .values(roomRow(`new${i}`))
          .execute()
      }),
    )
    expect((await Promise.allSettled(tries)).filter((it) => it.status === 'rejected')).toEqual([])
  })

  test('STORE-11: a single statement that was ended for a deadlock runs again by itself', async () => {
    const held = Promise.withResolvers<void>()
    const waiting = Promise.withResolvers<void>()
    // Rows of the statement are locked in the key's order: it holds 'a' and waits for 'b', which the transaction has.
    const large = inTransaction(db, async (trx) => {
      for (let i = 0; i < 50; i++)
        await trx
          .insertInto('room')
          .values(roomRow(`weight${i}`))
          .execute()
      await rename(trx, 'b', 'first')
      held.resolve()
      await waiting.promise
      await rename(trx, 'a', 'first')
    })
    await held.promise
    const single = db.updateTable('room').set({ notice: 'seen' }).where('id', 'in', ['a', 'b']).execute()
    const both = Promise.all([large, single])
    await Promise.race([untilWaiting(), both])
    waiting.resolve()
    await both
    expect(await db.selectFrom('room').select(['name', 'notice']).where('id', 'in', ['a', 'b']).execute()).toEqual([
      { name: 'first', notice: 'seen' },
      { name: 'first', notice: 'seen' },
    ])
  })

  /** Until a statement stands in front of a lock. `innodb_trx` does not do: asked more often than every 0.1 s it goes on telling what it told first. */
  async function untilWaiting() {
    for (;;) {
      const { rows } = await sql<{ Status: string }>`show engine innodb status`.execute(db)
      // What is before tells of the last deadlock.
      if (rows[0]?.Status.split('\nTRANSACTIONS\n')[1]?.includes('LOCK WAIT')) return
    }
  }

  test('STORE-12: a lock that is never given up fails who waits for it, in seconds', async () => {
    const end = Promise.withResolvers<void>()
    const held = Promise.withResolvers<void>()
    const holder = db.transaction().execute(async (trx) => {
      await rename(trx, 'a', 'held')
      held.resolve()
      await end.promise
    })
    await held.promise
    const { ms, error } = await took(rename(db, 'a', 'mine'))
    expect(error).toSatisfy(isContention)
    expect(ms).toBeLessThan(9_000)
    end.resolve()
    await holder
  })
})

describe('time limits', () => {
  test('STORE-12: a query over its limit is ended on the server, and its connection goes on', async () => {
    const db = open({ queryMs: 400, connections: 1 })
    const slow = await took(sql`select sleep(30) /* slow one */`.execute(db))
    expect(slow.error).toBeInstanceOf(DatabaseTooSlow)
    expect(slow.ms).toBeLessThan(1_400)
    const { rows } = await sql`select 1 from information_schema.processlist
      where info like '%slow one%' and info not like '%processlist%'`.execute(db)
    expect(rows).toEqual([])
  })

  test('STORE-12: the end of a query that was over its limit, and done all the same, does not end the next one', async () => {
    const after = async (ms: number) => {
      const db = open({ queryMs: 1_500, connections: 1 })
      await sql`select 1`.execute(db)
      await took(sql`select sleep(${ms / 1000})`.execute(db))
      const { rows } = await sql<{ interrupted: number }>`select sleep(0.1) as interrupted`.execute(db)
      return rows[0]?.interrupted
    }
    const rounds = Array.from({ length: 20 }, (_, i) => after(1_496 + i))
    expect(await Promise.all(rounds)).toEqual(rounds.map(() => 0))
  })

  test('STORE-12: inside a transaction it undoes the whole of it', async () => {
    const db = open({ queryMs: 400, connections: 1 })
    const work = inTransaction(db, async (trx) => {
      await trx.insertInto('room').values(roomRow('half')).execute()
      await sql`select sleep(30)`.execute(trx)
    })
    await expect(work).rejects.toThrow(DatabaseTooSlow)
    expect(await db.selectFrom('room').select('id').where('id', '=', 'half').execute()).toEqual([])
  })

  test('STORE-12: who gets no connection is told in time, and too many who wait at once', async () => {
    const db = open({ queryMs: 3_000, waitMs: 300, connections: 1, waiting: 2 })
    const busy = sql`select sleep(1)`.execute(db)
    const tries = await Promise.all(Array.from({ length: 4 }, () => took(sql`select 1`.execute(db))))
    expect(tries.map(({ error }) => error instanceof Error)).toEqual([true, true, true, true])
    expect(Math.max(...tries.map(({ ms }) => ms))).toBeLessThan(900)
    await busy
    await sql`select 1`.execute(db)
  })
})

test('STORE-14: who waits for a connection gets the first that is free, also when the one that is opened for him does not come', async () => {
  const address = new URL(url)
  const line = await faultProxy(Number(address.port))
  onTestFinished(() => line.close())
  address.port = String(line.port)
  const db = openMysqlDatabase(address.href, { connections: 2, waitMs: 20_000 })
  onTestFinished(() => db.destroy())
  await sql`select 1`.execute(db)
  line.stallNew(true)
  const busy = sql`select sleep(0.3)`.execute(db)
  const { error } = await took(sql`select 1`.execute(db))
  expect(error).toBeNull()
  await busy
  // That one has not come, and nobody was told: there was another all the time.
  line.stallNew(false)
  await Promise.all([1, 2, 3].map(() => sql`select sleep(0.01)`.execute(db)))
})

describe('outages', () => {
  test('STORE-12: a frozen server fails each question within its limit; afterwards all works again', async () => {
    const db = open({ queryMs: 1_000, connections: 3 })
    await Promise.all([1, 2].map(() => sql`select sleep(0.05)`.execute(db)))
    await server.pause()
    const tries = await Promise.all([1, 2, 3, 4, 5].map(() => took(db.selectFrom('room').select('id').execute())))
    const write = await took(inTransaction(db, (trx) => trx.insertInto('room').values(roomRow('frozen')).execute()))
    await server.resume()
    for (const { ms, error } of [...tries, write]) {
      expect(error).toBeInstanceOf(StoreUnavailable)
      expect(ms).toBeLessThan(3_500)
    }
    const again = await took(db.selectFrom('room').select('id').execute())
    expect(again.error).toBeNull()
    expect(again.ms).toBeLessThan(1_000)
  })

  test('STORE-13: a server that gives a client up while they greet each other is away, not wrong; the next one is greeted', async () => {
    const port = Number(new URL(url).port)
    let breaking = true
    // The server sees the client's end before an answer to its greeting, and says so; both come to the client in one piece.
    const between = createServer((client) => {
      const upstream = connect({ host: '127.0.0.1', port, allowHalfOpen: true })
      for (const socket of [client, upstream]) socket.on('error', () => undefined)
      client.once('close', () => upstream.destroy())
      if (!breaking) {
        client.pipe(upstream).pipe(client)
        return
      }
      const said: Buffer[] = []
      upstream.once('connect', () => upstream.end())
      upstream.on('data', (bytes: Buffer) => said.push(bytes))
      upstream.once('end', () => client.end(Buffer.concat(said)))
    }).listen(0, '127.0.0.1')
    await once(between, 'listening')
    onTestFinished(() => void between.close())
    const warned = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    onTestFinished(() => warned.mockRestore())
    const by = new URL(url)
    by.port = String((between.address() as AddressInfo).port)
    const db = openMysqlDatabase(by.href)
    onTestFinished(() => db.destroy())
    const { error } = await took(sql`select 1`.execute(db))
    expect(error).toBeInstanceOf(StoreUnavailable)
    expect(error).toMatchObject({ cause: { errno: 1158 } })
    // What the library says of it by itself, and nothing else.
    expect(warned.mock.calls).toEqual([[GREETING_BROKEN]])
    breaking = false
    await sql`select 1`.execute(db)
  })

  test('STORE-13: a killed server is told at once; what was confirmed before is there when it is back', async () => {
    const db = open()
    const kept: string[] = []
    let away = false
    const writer = (async () => {
      for (let i = 0; !away; i++) {
        const id = `kept${i}`
        try {
          await db.insertInto('room').values(roomRow(id)).execute()
          kept.push(id)
        } catch {
          away = true
        }
      }
    })()
    while (kept.length < 20) await sql`select 1`.execute(db)
    await server.kill()
    await writer
    const { ms, error } = await took(sql`select 1`.execute(db))
    expect(error).toBeInstanceOf(StoreUnavailable)
    expect(error).toMatchObject({ cause: { code: 'ECONNREFUSED' } })
    expect(ms).toBeLessThan(500)
    await server.start()
    const rows = await db.selectFrom('room').select('id').where('id', 'like', 'kept%').execute()
    expect(new Set(kept).difference(new Set(rows.map((row) => row.id)))).toEqual(new Set())
    // The one whose answer was cut off may have happened.
    expect(rows.length - kept.length).toBeLessThanOrEqual(1)
  })
})
