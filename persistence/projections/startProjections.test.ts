import { join } from 'node:path'
import { Kysely } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import type { Envelope } from '#schemas/events/envelope.ts'
import { openSqliteArchive } from '../archive/sqliteArchive.ts'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { myRooms } from '../database/rooms/myRooms.ts'
import { creditedBetween } from '../database/study/creditedBetween.ts'
import { sqliteEventLog } from '../eventLog/sqliteEventLog.ts'
import { openLedgerFile } from '../ledger/openLedgerFile.ts'
import { sqliteDialect } from '../sqlite/sqliteDialect.ts'
import { openSqliteWorker } from '../sqlite/sqliteWorker.ts'
import { temporaryFolder } from '../sqlite/testing/temporaryFolder.ts'
import type { UnknownVersion } from './projection.ts'
import { startProjections } from './startProjections.ts'
import { author, joined, roomCreated, sent } from './testing/histories.ts'

/** The embedded halves as the server opens them: each file in its own thread. */
async function open() {
  const folder = temporaryFolder()
  const ledger = await openLedgerFile({ path: join(folder, 'ledger.db') })
  const log = sqliteEventLog(ledger)
  const worker = await openSqliteWorker({ path: join(folder, 'studyhub.db') })
  const db = new Kysely<Database>({ dialect: sqliteDialect(worker) })
  const archive = await openSqliteArchive(join(folder, 'archive.db'))
  await migrate(db)
  const stops: [string, UnknownVersion][] = []
  const stopped = Promise.withResolvers<void>()
  const start = () =>
    startProjections({
      log,
      db,
      archive,
      onStopped(group, reason) {
        stops.push([group, reason])
        stopped.resolve()
      },
    })
  onTestFinished(async () => {
    await log.close()
    await Promise.all([ledger.close(), db.destroy().then(() => worker.close()), archive.close()])
  })
  return { log, db, archive, start, stops, stopped: stopped.promise }
}

test('STORE-76: what the log holds reaches archive and database, over a stop and a new start', async () => {
  const { log, db, archive, start } = await open()
  const write = author()
  const first = await start()
  await log.publish([
    write('r', 'room.created', roomCreated()),
    write('r', 'member.joined', joined('u1')),
    write('r', 'chat.sent', sent(1)),
    write('r', 'study.opened', { userId: 'u1', intervalId: 'i', from: 100 }),
    write('r', 'study.extended', { userId: 'u1', intervalId: 'i', from: 100, to: 400 }),
  ])
  await first.caughtUp()
  expect(await creditedBetween(db, 'u1', 0, 1_000)).toEqual([{ from: 100, to: 400 }])
  await first.stop()
  await log.publish([
    write('r', 'chat.edited', { number: 1, revision: 1, text: 'better', before: 'text 1', mentions: [] }),
    write('r', 'chat.sent', sent(2)),
    write('r', 'read.moved', { userId: 'u1', number: 1 }),
  ])
  const second = await start()
  await second.caughtUp()
  expect(await second.lags()).toEqual({ messages: 0, readMarkers: 0, studyTime: 0, rooms: 0 })
  expect((await archive.page('r', { limit: 9 })).map((m) => m.text)).toEqual(['better', 'text 2'])
  const { rooms } = await myRooms(db, 'u1', { now: 0, after: null, limit: 9 })
  expect(rooms).toMatchObject([{ id: 'r', chatHead: 2, readThrough: 1, unread: 1 }])
  await second.stop()
})

test('STORE-75: bad data is put aside with its reason, and what follows is projected', async () => {
  const { log, archive, start } = await open()
  const write = author()
  const bad: Envelope = { ...write('r', 'chat.sent', sent(1)), data: { number: 'one' } }
  const running = await start()
  await log.publish([bad, write('r', 'chat.sent', sent(2))])
  await running.caughtUp()
  expect(await archive.newest('r')).toBe(2)
  expect(await log.deadLetters('messages', 9)).toMatchObject([{ event: { id: bad.id }, group: 'messages' }])
  await running.stop()
})

test('STORE-75: an unknown version stops the groups that read it, once told; the others go on', async () => {
  const { log, db, archive, start, stops, stopped } = await open()
  const write = author()
  const running = await start()
  const newer: Envelope = {
    ...write('r', 'chat.edited', { number: 1, revision: 1, text: '', before: '', mentions: [] }),
    version: 2,
  }
  await log.publish([
    newer,
    write('r', 'chat.sent', sent(1)),
    write('r', 'study.closed', { userId: 'u', intervalId: 'i', from: 1, to: 9 }),
  ])
  await stopped
  await expect.poll(() => creditedBetween(db, 'u', 0, 10)).toEqual([{ from: 1, to: 9 }])
  expect(stops.map(([group, reason]) => [group, reason.eventId])).toEqual([['messages', newer.id]])
  expect(await archive.newest('r')).toBe(0)
  expect(await running.lags()).toMatchObject({ messages: 3, studyTime: 0 })
  await running.stop()
})
