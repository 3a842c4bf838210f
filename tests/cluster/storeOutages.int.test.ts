import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { askUntil } from '#client/testing/askUntil.ts'
import { openMongoArchive } from '#persistence/archive/mongoArchive.ts'
import { openMysqlDatabase } from '#persistence/database/mysqlDatabase.ts'
import { proxiedBrokers } from '#persistence/eventLog/kafka/testing/proxiedBrokers.ts'
import { type FaultProxy, faultProxy } from '#persistence/testing/faultProxy.ts'
import { codeOf, newPerson, type Person } from '#server/testing/person.ts'
import '../harness/quietSdk.ts'
import { Chatter } from '../harness/chatter.ts'
import { historyOf } from '../harness/historyOf.ts'
import { chosenSeed, seeded } from '../harness/random.ts'
import { Resident } from '../harness/resident.ts'
import { until } from '../harness/until.ts'
import { Witness } from '../harness/witness.ts'
import { Cluster, type ClusterNode, whenOpen } from './testing/cluster.ts'

/** How long each server is away: seconds in CI, longer by `OUTAGE_S=60 npm run test:servers -- storeOutages`. */
const OUTAGE_MS = Number(process.env['OUTAGE_S'] ?? 5) * 1000
const TIMEOUT_MS = 3 * OUTAGE_MS + 180_000
const BROKERS = ['1', '2', '3']

let brokers: Awaited<ReturnType<typeof proxiedBrokers>>
let cluster: Cluster
let node: ClusterNode
let mysql: FaultProxy
let mongo: FaultProxy
/** Past the proxies. */
let direct: { mysql: string; mongo: string }
let stranger: Person
let people: Resident[] = []

beforeAll(async () => {
  const started = proxiedBrokers()
  cluster = await Cluster.open(async ({ MYSQL_URL = '', MONGO_URL = '' }) => {
    brokers = await started
    direct = { mysql: MYSQL_URL, mongo: MONGO_URL }
    mysql = await faultProxy(Number(new URL(MYSQL_URL).port))
    mongo = await faultProxy(Number(new URL(MONGO_URL).port))
    const by = (url: string, { port }: FaultProxy) => url.replace(/:\d+\//, `:${port}/`)
    return {
      ...{ MYSQL_URL: by(MYSQL_URL, mysql), MONGO_URL: by(MONGO_URL, mongo) },
      ...{ KAFKA_BROKERS: brokers.brokers.join(','), KAFKA_REPLICAS: '3' },
    }
  })
  ;[node] = await Promise.all([cluster.startNode(), cluster.startWorker()])
  await whenOpen(node)
  stranger = await newPerson(node.url)
})
afterEach(async () => {
  await Promise.all(people.map((it) => it.hub.close()))
  people = []
})
afterAll(async () => {
  await cluster.close()
  await Promise.all([mysql, mongo].map((it) => it.close()))
  await brokers.stop()
})

/** Two talk in a room of their own without a pause. */
async function talk() {
  const random = seeded(chosenSeed())
  people = await Promise.all([1, 2].map(() => Resident.signUp(node.url)))
  const [owner] = people as [Resident]
  const roomId = await owner.createRoom({ kind: 'staying' })
  const witness = new Witness()
  const chatters = people.map((it) => new Chatter(it, witness, random, 100))
  for (const chatter of chatters) await chatter.enter(roomId)
  for (const chatter of chatters) chatter.start()
  const { state } = owner.room
  const stored = (number: number) =>
    until(owner.room.changes, () => state.storedThrough >= number, `${number} stored`, 60_000)
  await until(owner.room.changes, () => state.chatHead >= 10, 'a talk under way')
  await stored(10)
  return {
    ...{ roomId, state, stored, witness },
    /** Resolves when an outage has lasted so long, and at least so many messages were shown to both meanwhile. */
    async goesOn(count: number, ms = 0) {
      const from = performance.now()
      const heads = people.map((it) => it.room.state.chatHead)
      await Promise.all(
        people.map((it, i) =>
          until(
            it.room.changes,
            () => it.room.state.chatHead >= (heads[i] ?? 0) + count && performance.now() - from >= ms,
            'the talk going on',
            ms + 30_000,
          ),
        ),
      )
    },
    async end() {
      for (const chatter of chatters) chatter.stop()
      const said = chatters.flatMap((it) => it.said)
      await until(owner.room.changes, () => state.chatHead >= said.length, 'all that was said', 30_000)
      await stored(said.length)
      return said
    },
    chatters,
  }
}

/** All that was said is in the room's history, the archive and the database: once, in one order, in everybody's own order. */
async function expectWhole({ roomId, witness, chatters, end }: Awaited<ReturnType<typeof talk>>) {
  const said = await end()
  const archive = await openMongoArchive(direct.mongo)
  const db = openMysqlDatabase(direct.mysql)
  try {
    await askUntil(
      () => archive.newest(roomId),
      (newest) => newest === said.length,
      'the archive',
      { limitMs: 90_000 },
    )
    const headOf = async () =>
      (await db.selectFrom('room').select('chat_head').where('id', '=', roomId).executeTakeFirst())?.chat_head
    await askUntil(headOf, (head) => head === said.length, 'the database', { limitMs: 90_000 })
    const stored = await archive.page(roomId, { after: 0, limit: 10_000 })
    expect(stored.map(({ number }) => number)).toEqual(stored.map((_, i) => i + 1))
    expect(stored.map(({ text }) => text).sort()).toEqual([...said].sort())
    for (const [number, text] of witness.shown) expect(stored[number - 1]?.text).toBe(text)
    for (const { said: own, resident } of chatters)
      expect(stored.filter((m) => m.author === resident.userId).map((m) => m.text)).toEqual(own)
    const [reader] = people as [Resident]
    expect((await historyOf(reader, roomId)).map((m) => m.text)).toEqual(stored.map((m) => m.text))
    expect(witness.faults).toEqual([])
  } finally {
    await Promise.all([archive.close(), db.destroy()])
  }
}

async function metrics(): Promise<ReadonlyMap<string, number>> {
  const lines = (await (await fetch(`${node.url}/metrics`)).text()).split('\n')
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]))
}

test('WORKER-8 (I5): with every broker away chat goes on, sent and not stored; the queue and its bound are in the metrics; then all is stored', {
  timeout: TIMEOUT_MS,
}, async () => {
  const room = await talk()
  await Promise.all(BROKERS.map((broker) => brokers.server.run('pause', broker)))
  try {
    // What was under way a moment before may still be confirmed.
    await room.goesOn(5)
    const stored = room.state.storedThrough
    await room.goesOn(20, OUTAGE_MS)
    expect(room.state.storedThrough).toBe(stored)
    expect(room.state.chatHead - stored).toBeGreaterThanOrEqual(20)
    const told = await metrics()
    for (const queue of ['publish', 'event_log']) {
      expect(told.get(`studyhub_queue_limit{queue="${queue}"}`)).toBe(10_000)
      expect(told.get(`studyhub_queue_waiting{queue="${queue}"}`)).toBeLessThanOrEqual(10_000)
    }
    expect(told.get('studyhub_queue_waiting{queue="event_log"}')).toBeGreaterThan(0)
  } finally {
    await Promise.all(BROKERS.map((broker) => brokers.server.run('resume', broker)))
  }
  await room.stored(room.state.chatHead)
  await expectWhole(room)
})

test('WORKER-9 (I3): workers that come and go, one of them by kill -9, and a leader that dies: all is stored, once and in order', {
  timeout: TIMEOUT_MS,
}, async () => {
  const room = await talk()
  const passing = await cluster.startWorker()
  await room.goesOn(10)
  passing.child.kill('SIGTERM')
  expect(await passing.ended).toBe(0)
  await room.goesOn(10)
  const killed = await cluster.startWorker()
  await brokers.server.run('kill', '1', '-9')
  await room.goesOn(20)
  await killed.kill()
  await brokers.server.run('start-broker', '1')
  await room.goesOn(10)
  await expectWhole(room)
})

test('WORKER-10 (I5): with MySQL and MongoDB away chat goes on and is stored; enters are refused in seconds with 503; then all is complete', {
  timeout: TIMEOUT_MS,
}, async () => {
  const room = await talk()
  for (const it of [mysql, mongo]) {
    it.refuse(true)
    it.cut()
  }
  try {
    await room.goesOn(20)
    await room.stored(room.state.chatHead)
    const from = performance.now()
    const refused = await stranger.post(`/api/rooms/${room.roomId}/enter`)
    expect([refused.status, codeOf(refused)]).toEqual([503, 'unavailable'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(performance.now() - from).toBeLessThan(10_000)
    await room.goesOn(10, OUTAGE_MS)
  } finally {
    for (const it of [mysql, mongo]) it.refuse(false)
  }
  const enter = async () => (await stranger.post(`/api/rooms/${room.roomId}/enter`)).status
  expect(await askUntil(enter, (status) => status === 200, 'an enter', { limitMs: 30_000, everyMs: 200 })).toBe(200)
  await expectWhole(room)
})

test('WORKER-11 (I5): MySQL and MongoDB that take two seconds for each answer hold up no delivery; then all is complete', {
  timeout: TIMEOUT_MS,
}, async () => {
  const room = await talk()
  for (const it of [mysql, mongo]) it.slow(2000)
  try {
    await room.goesOn(20)
    await room.stored(room.state.chatHead)
    const from = performance.now()
    const answered = await stranger.post(`/api/rooms/${room.roomId}/enter`)
    expect([200, 503]).toContain(answered.status)
    expect(performance.now() - from).toBeLessThan(30_000)
    await room.goesOn(10, OUTAGE_MS)
  } finally {
    for (const it of [mysql, mongo]) it.slow(0)
  }
  await expectWhole(room)
})

test('WORKER-12 (I5): rows that another transaction holds, and deadlocks with it, hold up no delivery; then all is complete', {
  timeout: TIMEOUT_MS,
}, async () => {
  const room = await talk()
  const db = openMysqlDatabase(direct.mysql)
  const rooms = async () => (await metrics()).get('studyhub_read_model_lag{group="rooms"}')
  try {
    const held = Promise.withResolvers<void>()
    const holding = db.transaction().execute(async (tx) => {
      await tx.selectFrom('room').selectAll().forUpdate().execute()
      await held.promise
    })
    await room.goesOn(10)
    await askUntil(rooms, (lag) => lag !== undefined && lag > 0, 'a read model that waits')
    await room.stored(room.state.chatHead)
    held.resolve()
    await holding
    // The other way round than the read models go.
    let over = false
    const rival = async () => {
      while (!over)
        await db
          .transaction()
          .execute(async (tx) => {
            await tx.selectFrom('room_visitor').selectAll().forUpdate().execute()
            await sql`select 1`.execute(tx)
            await tx.selectFrom('read_marker').selectAll().forUpdate().execute()
            await tx.selectFrom('room').selectAll().forUpdate().execute()
          })
          .catch(() => undefined)
    }
    const rivals = [rival(), rival()]
    await room.goesOn(20, OUTAGE_MS / 2)
    over = true
    await Promise.all(rivals)
  } finally {
    await db.destroy()
  }
  await expectWhole(room)
})

test('SERVER-45 (I8): a node with another SECRET than those that run does not start, and says so', async () => {
  await expect(cluster.startNode({ SECRET: 'another secret, '.repeat(4) })).rejects.toThrow(
    /SECRET: differs from that of the nodes that run/,
  )
})
