import { join } from 'node:path'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { askUntil } from '#client/testing/askUntil.ts'
import type { Envelope } from '#schemas/events/envelope.ts'
import { openMongoArchive } from '../archive/mongoArchive.ts'
import { openSqliteArchive } from '../archive/sqliteArchive.ts'
import { openMysqlDatabase } from '../database/mysqlDatabase.ts'
import { freshDatabase } from '../database/testing/freshDatabase.ts'
import { GREETING_BROKEN } from '../database/testing/greetingBroken.ts'
import { kafkaEventLog } from '../eventLog/kafka/kafkaEventLog.ts'
import { messagesProjection } from '../projections/messages/messagesProjection.ts'
import { readMarkersProjection } from '../projections/readMarkers/readMarkersProjection.ts'
import { roomsProjection } from '../projections/rooms/roomsProjection.ts'
import { studyTimeProjection } from '../projections/studyTime/studyTimeProjection.ts'
import { history } from '../projections/testing/histories.ts'
import { temporaryFolder } from '../sqlite/testing/temporaryFolder.ts'
import { rowsOf } from './testing/rowsOf.ts'
import { startWorkerProcess } from './testing/startWorkerProcess.ts'
import { type WorkerSite, workerSite } from './testing/workerSite.ts'

/** How often a worker is killed: few in CI, more by `WORKER_KILLS=250 npm run test:servers -- workerKills`. */
const KILLS = Number(process.env['WORKER_KILLS'] ?? 10)
/** A dead member's partitions are free when its session is over, so several workers are killed side by side, each with a log of its own. */
const LANES = KILLS > 20 ? 8 : 2
const BATCHES = 12
const GROUPS = ['messages', 'readMarkers', 'studyTime', 'rooms']

/** What two rooms went through, with people of their own. */
function someHistory(prefix: string): readonly Envelope[] {
  const [events = []] = fc.sample(history(prefix), 1)
  const own = JSON.stringify(events).replaceAll(/"u(\d)"/g, `"${prefix}u$1"`)
  return JSON.parse(own) as Envelope[]
}

/** One worker that is killed `kills` times under what is told meanwhile; resolves with all of that, and where it was killed. */
async function killed(site: WorkerSite, lane: number, kills: number) {
  // The shortest session the brokers allow would end while a busy machine starts the next one.
  const settings = { ...site.kafka, prefix: `${site.kafka.prefix}-${lane}`, sessionTimeoutMs: 1500 }
  const log = await kafkaEventLog(settings)
  const told: Envelope[] = []
  const points: string[] = []
  const most = async () => Math.min(...(await Promise.all(GROUPS.map((group) => log.positions.lag(group)))))
  const worker = (batches: number) =>
    startWorkerProcess(site.env, [
      'persistence/worker/testing/crashingWorker.ts',
      String(batches),
      JSON.stringify(settings),
    ])
  for (let life = 0; life < kills; life++) {
    const mortal = worker(BATCHES)
    for (let n = 0; (await most()) < 20 * BATCHES; n++) {
      const events = someHistory(`${settings.prefix}-${life}-${n}-`)
      told.push(...events)
      for (const own of Map.groupBy(events, ({ key }) => key).values()) await log.publish(own)
    }
    await mortal.ended
    // A machine that is busy enough may keep a process from its turn for as long as MySQL waits: an outage like others (STORE-13).
    const said = mortal.stderr().replaceAll(`${GREETING_BROKEN}\n`, '')
    expect([mortal.child.signalCode, said]).toEqual(['SIGKILL', ''])
    points.push(mortal.stdout().trim())
  }
  const last = worker(0)
  const behind = async () => Math.max(...(await Promise.all(GROUPS.map((group) => log.positions.lag(group)))))
  await askUntil(behind, (lag) => lag === 0, 'all of the log in the stores', { limitMs: 120_000, everyMs: 200 })
  last.child.kill('SIGKILL')
  await last.ended
  const letters = (await Promise.all(GROUPS.map((group) => log.deadLetters(group, 10)))).flat()
  await log.close()
  return { told, points, letters }
}

/** The same events, handled once, in one piece, by one process that nothing befalls. */
async function expected(told: readonly Envelope[], rooms: readonly string[]) {
  const db = await freshDatabase()
  const archive = await openSqliteArchive(join(temporaryFolder(), 'archive.db'))
  const groups = [messagesProjection(archive), readMarkersProjection(db), studyTimeProjection(db), roomsProjection(db)]
  for (const group of groups) await group.handle(told)
  const rows = await rowsOf(db, archive, rooms)
  await archive.close()
  await db.destroy()
  return rows
}

/** A row in words, whatever the order in which a store gives its columns. */
const wordsOf = (row: unknown) =>
  inspect(JSON.parse(JSON.stringify(row)), { sorted: true, depth: null, breakLength: Number.POSITIVE_INFINITY })

/** Rows that only one side has: a difference of thousands is told by its first. */
function unlike(some: readonly unknown[], others: readonly unknown[]): string[] {
  const [a, b] = [new Set(some.map(wordsOf)), new Set(others.map(wordsOf))]
  const only = [...a.symmetricDifference(b)].sort()
  if (only.length === 0 && some.length !== others.length) only.push(`${some.length} rows and not ${others.length}`)
  return only.slice(0, 6)
}

test('WORKER-7 (I3): a worker that is killed between write and offset leaves each row once', {
  timeout: 120_000 + KILLS * 3_000,
}, async () => {
  const site = await workerSite()
  const db = openMysqlDatabase(site.mysql)
  const archive = await openMongoArchive(site.mongo)
  onTestFinished(async () => {
    await Promise.all([db.destroy(), archive.close()])
    await site.drop()
  })
  // A thousand starts of the same program: what is compiled is kept.
  const env = { ...site.env, NODE_COMPILE_CACHE: temporaryFolder() }
  const from = performance.now()
  const lanes = await Promise.all(
    Array.from({ length: LANES }, (_, lane) => killed({ ...site, env }, lane, Math.ceil(KILLS / LANES))),
  )
  const told = lanes.flatMap((lane) => lane.told)
  const points = lanes.flatMap((lane) => lane.points)
  const after = points.filter((it) => it.startsWith('after')).length
  const seconds = Math.round((performance.now() - from) / 1000)
  console.log(
    `worker: killed ${points.length} times (${after} between write and offset), ${told.length} events, ${seconds} s`,
  )
  expect(lanes.flatMap(({ letters }) => letters)).toEqual([])
  const rooms = [...new Set(told.map(({ key }) => key))]
  const rows = await rowsOf(db, archive, rooms)
  const right = await expected(told, rooms)
  expect(right.messages.length).toBeGreaterThan(KILLS)
  expect(right.days.length).toBeGreaterThan(0)
  for (const table of Object.keys(right) as (keyof typeof right)[])
    expect([table, unlike(rows[table], right[table])]).toEqual([table, []])
})
