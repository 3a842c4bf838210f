import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { askUntil as asked } from '#client/testing/askUntil.ts'
import type { Envelope } from '#schemas/events/envelope.ts'
import { freePort } from '../../ops/freePort.ts'
import { openMongoArchive } from '../archive/mongoArchive.ts'
import { migrateMysql } from '../database/mysqlDatabase.ts'
import { kafkaClient } from '../eventLog/kafka/kafkaClient.ts'
import { type KafkaEventLog, kafkaEventLog } from '../eventLog/kafka/kafkaEventLog.ts'
import { topicsOf } from '../eventLog/kafka/kafkaTopics.ts'
import type { Archive } from '../ports/archive.ts'
import { author, joined, roomCreated, sent } from '../projections/testing/histories.ts'
import { startWorkerProcess } from './testing/startWorkerProcess.ts'
import { type WorkerSite, workerSite } from './testing/workerSite.ts'

/** What a process does that has to start first: on a busy machine that alone may take half a minute. */
const askUntil: typeof asked = (ask, wanted, what, patience) =>
  asked(ask, wanted, what, { limitMs: 120_000, ...patience })

let site: WorkerSite
let log: KafkaEventLog
let archive: Archive
beforeAll(async () => {
  site = await workerSite()
  log = await kafkaEventLog(site.kafka)
  archive = await openMongoArchive(site.mongo)
})
afterAll(async () => {
  await log.close()
  await archive.close()
  await site.drop()
})

function worker(env: Record<string, string> = {}) {
  const started = startWorkerProcess({ ...site.env, ...env })
  onTestFinished(async () => {
    started.child.kill('SIGTERM')
    await started.ended
  })
  return started
}

async function answer(url: string): Promise<{ status: number; body: string }> {
  const got = await fetch(url)
  return { status: got.status, body: await got.text() }
}
const ready = (url: string) =>
  askUntil(
    () => answer(`${url}/readyz`),
    ({ status }) => status === 200,
    'a ready worker',
  )
/** A number of its metrics, as `name{label="value"}` tells it. */
async function metric(url: string, name: string): Promise<number> {
  const { body } = await answer(`${url}/metrics`)
  const line = body.split('\n').find((it) => it.startsWith(`${name} `))
  return line === undefined ? Number.NaN : Number(line.slice(name.length + 1))
}
const lagOf = (url: string, group: string) => metric(url, `studyhub_read_model_lag{group="${group}"}`)

test('WORKER-1: wrong settings are told in one list, without their values, and nothing starts', async () => {
  const { ended, stderr, stdout } = startWorkerProcess({
    ...{ REDIS_URL: 'redis://u:secret@h', KAFKA_BROKERS: 'no port', PORT: '99999', WORKER_GROUPS: 'messages,chess' },
    DRAIN_SECONDS: '0',
  })
  expect(await ended).toBe(1)
  const faults = stderr()
  for (const name of [
    'KAFKA_BROKERS',
    'PORT',
    'WORKER_GROUPS',
    'DRAIN_SECONDS',
    'MYSQL_URL',
    'MONGO_URL',
    'S3_ENDPOINT',
  ])
    expect(faults).toContain(`  ${name}: `)
  expect(faults).not.toMatch(/secret|chess|99999|no port|at .*\.ts/)
  expect(stdout()).toBe('')
})

test('WORKER-2, WORKER-3: healthy at once, ready when the database is new, and what it lags behind is in its metrics', async () => {
  const fresh = await workerSite({ migrated: false })
  onTestFinished(() => fresh.drop())
  const write = author('ready-')
  const events = await kafkaEventLog(fresh.kafka)
  onTestFinished(() => events.close())
  await events.publish([write('r', 'room.created', roomCreated()), write('r', 'chat.sent', sent(1))])

  // It tells its address when it takes part, and answers before.
  const port = await freePort()
  const early = `http://127.0.0.1:${port}`
  const { up, child, ended } = worker({ ...fresh.env, PORT: String(port) })
  const health = () => answer(`${early}/healthz`).catch(() => null)
  expect(await askUntil(health, (it) => it !== null, 'a worker that answers')).toEqual({
    status: 200,
    body: '{"ok":true}',
  })
  expect(await answer(`${early}/readyz`)).toEqual({ status: 503, body: '{"ready":false,"why":"database"}' })
  await askUntil(
    () => lagOf(early, 'messages'),
    (lag) => lag === 2,
    'its lag',
  )
  expect((await answer(`${early}/elsewhere`)).status).toBe(404)

  await migrateMysql(fresh.mysql)
  const url = await up
  expect(url).toBe(early)
  await ready(url)
  for (const group of ['messages', 'readMarkers', 'studyTime', 'rooms'])
    await askUntil(
      () => lagOf(url, group),
      (lag) => lag === 0,
      `${group} without lag`,
    )
  expect(await metric(url, 'studyhub_queue_waiting{queue="event_log"}')).toBe(0)
  expect(await metric(url, 'studyhub_queue_limit{queue="event_log"}')).toBe(10_000)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('WORKER-4: a worker runs the read models that are named, and no others', async () => {
  const { up } = worker({ WORKER_GROUPS: 'messages, rooms' })
  const url = await up
  const write = author('named-')
  await log.publish([write('r', 'room.created', roomCreated()), write('r', 'chat.sent', sent(1))])
  await askUntil(
    () => archive.newest('named-r'),
    (newest) => newest === 1,
    'the message',
  )
  await askUntil(
    () => lagOf(url, 'rooms'),
    (lag) => lag === 0,
    'rooms without lag',
  )
  expect(await log.positions.lag('studyTime')).toBeGreaterThanOrEqual(2)
  expect(await lagOf(url, 'studyTime')).toBeNaN()
})

test('WORKER-5: SIGTERM in the middle of a burst: exit code 0, and each group stands where its rows end', async () => {
  const { up, child, ended } = worker({ WORKER_GROUPS: 'messages' })
  await up
  const write = author('drain-')
  const told = Array.from({ length: 6000 }, (_, i) => write('r', 'chat.sent', sent(i + 1)))
  const published = publishAll(told)
  await askUntil(
    () => archive.newest('drain-r'),
    (newest) => newest > 500,
    'a burst under way',
    { everyMs: 5 },
  )
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  await published
  const written = await archive.newest('drain-r')
  expect(written).toBeLessThan(told.length)
  expect(await log.positions.lag('messages')).toBe(told.length - written)
  // The next one goes on there.
  await worker({ WORKER_GROUPS: 'messages' }).up
  await askUntil(
    () => archive.newest('drain-r'),
    (newest) => newest === told.length,
    'the rest',
  )
})

async function publishAll(events: readonly Envelope[]): Promise<void> {
  for (let from = 0; from < events.length; from += 200) await log.publish(events.slice(from, from + 200))
}

test('WORKER-6, STORE-75: a poison event and garbage are put aside with their reasons, the partition goes on, and they are given again', async () => {
  const write = author('poison-')
  await worker({ WORKER_GROUPS: 'messages,rooms' }).up
  const edit = { number: 1, revision: 1, text: 'better', before: 'text 1', mentions: [] }
  // Its message comes too late: nobody knows what to change.
  const poison = write('r', 'chat.edited', edit)
  await garbage('poison-r', 'null', '{"type":"chat.sent"}', 'no JSON at all')
  await log.publish([poison, write('r', 'member.joined', joined('u1')), write('r', 'chat.sent', sent(1))])
  await askUntil(
    () => archive.newest('poison-r'),
    (newest) => newest === 1,
    'the partition going on',
  )

  const letters = async (...more: string[]) => {
    const command = startWorkerProcess(site.env, ['persistence/deadLetters.ts', 'messages', ...more])
    expect(await command.ended).toBe(0)
    return command.stdout()
  }
  const told = await letters()
  expect(told).toMatch(/poison-r 1 chat\.edited: chat\.edited of a message that was never stored \(poison-r 1\)/)
  expect(told.match(/unreadable: no event/g)).toHaveLength(2)
  expect(told.match(/unreadable: no JSON/g)).toHaveLength(1)
  expect(told.trim().split('\n')).toHaveLength(4)
  expect(await letters('--replay')).toMatch(/Given again: 4\./)
  const first = async () => (await archive.page('poison-r', { limit: 1 }))[0]?.text
  await askUntil(first, (text) => text === 'better', 'the edit')
  await askUntil(
    () => log.deadLetters('messages', 10),
    (left) => left.every(({ event }) => event.id !== poison.id),
    'none',
  )
  expect((await askUntil(letters, (left) => !left.includes('chat.edited'), 'the letter struck off')).trim()).not.toBe(
    '',
  )
})

/** What somebody else writes into the topic, under the key's partition. */
async function garbage(key: string, ...values: string[]): Promise<void> {
  const { kafka } = kafkaClient(site.kafka)
  const producer = kafka.producer()
  await producer.connect()
  await producer.send({ topic: topicsOf(site.kafka).events, messages: values.map((value) => ({ key, value })) })
  await producer.disconnect()
}
