import { afterAll, beforeAll, expect, test } from 'vitest'
import { askUntil } from '#client/testing/askUntil.ts'
import { openRedisLedger } from '#persistence/ledger/redis/openRedisLedger.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'
import type { RoomPage } from '#schemas/messages/lobby.ts'
import type { PresenceView } from '#schemas/messages/presence.ts'
import '../harness/quietSdk.ts'
import type { WorkerProcess } from '#persistence/worker/testing/startWorkerProcess.ts'
import { Chatter } from '../harness/chatter.ts'
import { chosenSeed, seeded } from '../harness/random.ts'
import { Resident, sure } from '../harness/resident.ts'
import { until } from '../harness/until.ts'
import { Witness } from '../harness/witness.ts'
import { agrees, type Said } from './testing/agrees.ts'
import { Cluster, type ClusterNode, type Door, whenOpen } from './testing/cluster.ts'
import { storedRooms } from './testing/stored.ts'

const random = seeded(chosenSeed())
let cluster: Cluster
let a: ClusterNode
let b: ClusterNode
let worker: WorkerProcess
let door: Door
let ledger: Ledger
let talk: Awaited<ReturnType<typeof talkAtB>>
const people: Resident[] = []
beforeAll(async () => {
  cluster = await Cluster.open()
  ;[a, b, worker] = await Promise.all([cluster.startNode(), cluster.startNode(), cluster.startWorker()])
  await whenOpen(a)
  door = await cluster.door(a)
  const { redis, prefix } = cluster.settings.cluster
  ledger = openRedisLedger(redis, { prefix })
  talk = await talkAtB()
})
afterAll(async () => {
  await Promise.all(people.map((it) => it.hub.close()))
  await ledger?.close()
  await cluster?.close()
})

async function comes(url: string): Promise<Resident> {
  const it = await Resident.signUp(url)
  people.push(it)
  return it
}

/** Three who talk without a pause in a room of node b, and whether any of them has ever lost it. */
async function talkAtB() {
  const three = await Promise.all([1, 2, 3].map(() => comes(b.url)))
  const [owner] = three as [Resident]
  const roomId = await owner.createRoom({ kind: 'staying' })
  const witness = new Witness()
  const chatters = three.map((it) => new Chatter(it, witness, random, 60))
  for (const chatter of chatters) await chatter.enter(roomId)
  const lost: string[] = []
  for (const it of three)
    it.hub.place.subscribe(() => {
      const view = it.hub.place.get()
      if (view.status !== 'in' || view.connection !== 'live') lost.push(`${it.name}: ${view.status}`)
    })
  const said = (): Said => new Map(chatters.map((it) => [it.resident, it.said]))
  return {
    ...{ owner, roomId, witness, chatters, lost, said },
    start() {
      for (const chatter of chatters) chatter.start()
    },
    goesOn: (by: number, limitMs = 30_000) => {
      const head = owner.room.state.chatHead
      return until(owner.room.changes, () => owner.room.state.chatHead >= head + by, 'the talk going on', limitMs)
    },
    /** All stop, and all they have said is stored. */
    async ends() {
      for (const chatter of chatters) chatter.stop()
      const all = chatters.reduce((sum, it) => sum + it.said.length, 0)
      for (const it of three) {
        const { state } = it.room
        const stored = () => state.chatHead >= all && state.storedThrough === state.chatHead
        await until(it.room.changes, stored, () => `${state.storedThrough} of ${state.chatHead} stored, ${all} said`)
      }
    },
  }
}

const says = async (it: Resident, text: string) => {
  it.room.chat.send(text)
  const { view } = it.room.chat
  await until(view, ({ messages }) => messages.some((m) => m.text === text && m.delivery === 'stored'), text, 40_000)
}
const state = (wanted: string) =>
  askUntil(
    async () => (await ledger.generation().catch(() => undefined))?.state,
    (it) => it === wanted,
    `a ledger that is ${wanted}`,
    { limitMs: 60_000 },
  )

test('NODE-13 (I2, I3): answers of appends swallowed, then Redis a second behind: the actor stays, numbers are used once, what was shown stays', async () => {
  const { toRedis, redisServer } = cluster
  talk.start()
  await talk.goesOn(20)
  for (let i = 0; i < 3; i++) {
    toRedis.swallowAnswers(true)
    await toRedis.answerSwallowed()
    await toRedis.answerSwallowed()
    toRedis.cut()
    toRedis.swallowAnswers(false)
    await talk.goesOn(10)
  }
  const { epoch } = await owned(talk.roomId)
  const comeBackBehind = await redisServer.remember()
  await talk.goesOn(30)
  const { head } = await ledger.marks(talk.roomId)
  await comeBackBehind()
  await talk.goesOn(20)
  expect((await ledger.marks(talk.roomId)).head).toBeGreaterThan(head)
  expect(await owned(talk.roomId)).toEqual({ epoch })
  await talk.ends()
  expect(talk.witness.faults).toEqual([])
  expect(talk.lost).toEqual([])
  const stored = (await storedRooms(cluster, [talk.roomId])).get(talk.roomId)
  if (!stored) throw new Error('nothing stored')
  await agrees(talk.owner, talk.roomId, talk.said(), talk.witness.shown, stored)
  await state('open')
})

/** Under which epoch the newest event was committed. */
async function owned(place: string): Promise<{ epoch: number }> {
  const { head } = await ledger.marks(place)
  const [newest] = await ledger.tail(place, head - 1, 1)
  return { epoch: newest?.epoch ?? 0 }
}

test('NODE-14 (I2, I3, I7, I12): Redis comes back empty, an owner paused meanwhile, the archive lagging: what runs goes on, what sleeps comes back whole, once', async () => {
  const { redisServer } = cluster
  // A room of node a, whose owner will be paused; one that sleeps; and the talk at node b.
  const [ana, ben] = [await comes(door.url), await comes(door.url)]
  sure(await ana.hub.api.send('POST', '/api/people/requests', { handle: ben.name }))
  sure(await ben.hub.api.send('POST', '/api/people/requests', { handle: ana.name }))
  const paused = await ana.createRoom({ kind: 'staying', name: 'Paused' })
  await ana.enter(paused)
  await ben.enter(paused)
  const [cho, dan] = [await comes(b.url), await comes(b.url)]
  const asleep = await cho.createRoom({ kind: 'staying', name: 'Asleep' })
  await cho.enter(asleep)
  await dan.enter(asleep)
  await says(dan, 'one')
  sure(await cho.room.request('member.ban', { userId: dan.userId, reason: '' }))
  await says(cho, 'two')
  worker.child.kill('SIGSTOP')
  await says(cho, 'three')
  await cho.hub.leave()
  await askUntil(
    async () => (await liveRooms(cho)).includes(asleep),
    (is) => !is,
    'the room asleep',
  )
  await says(ana, 'before')
  talk.start()
  await talk.goesOn(10)

  door.aim(b)
  a.child.kill('SIGSTOP')
  ben.room.chat.send('while nobody listens')
  await redisServer.crashAndLoseAll()
  await talk.goesOn(20, 60_000)
  await state('archive')
  expect(await cho.hub.enter(asleep)).toMatchObject({ status: 'refused' })
  expect((await ledger.generation()).state).toBe('archive')
  worker.child.kill('SIGCONT')
  await state('open')

  const room = await askUntil(
    async () => (await cho.hub.enter(asleep)).status,
    (status) => status === 'in',
    'the room that slept',
  ).then(() => cho.room)
  expect(room.state.chatHead).toBe(3)
  await says(cho, 'four')
  expect(await dan.hub.enter(asleep)).toMatchObject({ status: 'refused' })
  expect(await ledger.isRemoved(asleep, dan.userId)).toBe(true)
  await Promise.all([ana, ben].map((it) => it.live(60_000)))
  await askUntil(
    async () => sure(await ben.get<{ presences: PresenceView[] }>('/api/presence', { users: ana.userId })).presences[0],
    (view) => view?.place?.kind === 'room' && view.place.name === 'Paused',
    'presence as it is',
    { limitMs: 30_000 },
  )
  const { epoch } = await owned(paused)
  a.child.kill('SIGCONT')
  await askUntil(
    async () => a.child.exitCode !== null || (await fetch(`${a.url}/healthz`).then((it) => it.ok)),
    (is) => is,
    'the paused node, awake or gone',
  )
  await says(ana, 'after')
  expect(await owned(paused)).toEqual({ epoch })
  const rooms = await liveRooms(cho)
  for (const id of [paused, asleep, talk.roomId]) expect(rooms.filter((other) => other === id)).toHaveLength(1)

  await talk.goesOn(10)
  await talk.ends()
  expect(talk.witness.faults).toEqual([])
  expect(talk.lost).toEqual([])
  const stored = await storedRooms(cluster, [talk.roomId, paused, asleep])
  const of = (id: string) => stored.get(id) ?? { log: [], archive: [], chatHead: 0 }
  await agrees(talk.owner, talk.roomId, talk.said(), talk.witness.shown, of(talk.roomId))
  const saidPaused: Said = new Map([
    [ana, ['before', 'after']],
    [ben, ['while nobody listens']],
  ])
  await agrees(ana, paused, saidPaused, new Map([[1, 'before']]), of(paused))
  await agrees(
    cho,
    asleep,
    new Map([
      [dan, ['one']],
      [cho, ['two', 'three', 'four']],
    ]),
    new Map(),
    of(asleep),
  )
})

const liveRooms = async (it: Resident) => sure(await it.get<RoomPage>('/api/rooms')).rooms.map(({ id }) => id)
