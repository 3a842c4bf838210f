import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { askUntil } from '#client/testing/askUntil.ts'
import type { StudyHub } from '#client/types.ts'
import type { InboxItem } from '#schemas/messages/inbox.ts'
import type { RoomPage } from '#schemas/messages/lobby.ts'
import type { PresenceView } from '#schemas/messages/presence.ts'
import '../harness/quietSdk.ts'
import { type Resident, sure } from '../harness/resident.ts'
import { until } from '../harness/until.ts'
import { checksOverNodes, type Studious, sitsUnderChecks } from './checks.contract.ts'
import { mediaOverNodes } from './media.contract.ts'
import { removalsOverNodes } from './removals.contract.ts'
import { stalledEnters } from './stalledEnters.contract.ts'
import type { ClusterNode } from './testing/cluster.ts'
import { Pair } from './testing/pair.ts'
import { triesOverNodes } from './tries.contract.ts'
import { versionsSideBySide } from './versions.contract.ts'

let pair: Pair
let a: ClusterNode
let b: ClusterNode
let studious: Studious
beforeAll(async () => {
  pair = await Pair.open()
  ;({ a, b } = pair)
  studious = await sitsUnderChecks(pair)
})
afterEach(() => pair.everybodyLeaves())
afterAll(async () => {
  await studious.leave()
  await pair.close()
})

const comes = (to: ClusterNode) => pair.comes(to)
const alsoAt = (it: Resident, node: ClusterNode) => pair.alsoAt(it, node)
const inLobby = (hub: StudyHub) => until(hub.lobby.view, (v) => v.connection === 'live' && v.page !== null, 'the lobby')
const liveRooms = async (it: Resident) => sure(await it.get<RoomPage>('/api/rooms')).rooms

test('NODE-20: a room of one node is entered by way of the other; both see each other and talk', async () => {
  const [ana, ben] = [await comes(a), await comes(b)]
  const roomId = await ana.createRoom({ kind: 'staying' })
  const room = await ana.enter(roomId)
  const same = await ben.enter(roomId)
  expect([...same.state.members.keys()].sort()).toEqual([ana.userId, ben.userId].sort())
  room.chat.send('from a')
  same.chat.send('from b')
  for (const { chat } of [room, same])
    await until(
      chat.view,
      ({ messages }) => messages.length === 2 && messages.every((m) => m.delivery === 'stored'),
      'both messages, stored',
    )
})

test('NODE-20: of twenty who enter a sleeping room by way of two nodes at once all are in the same one', async () => {
  const [ana, ...others] = await Promise.all(Array.from({ length: 20 }, (_, i) => comes(i % 2 === 0 ? a : b)))
  if (!ana) throw new Error('nobody')
  const roomId = await ana.createRoom({ kind: 'staying', capacity: 30 })
  await ana.enter(roomId)
  await ana.hub.leave()
  const asleep = async (it: Resident) => (await liveRooms(it)).every(({ id }) => id !== roomId)
  for (const it of [ana, ...others.slice(0, 1)])
    await askUntil(
      () => asleep(it),
      (is) => is,
      'the room asleep',
    )
  const rooms = await Promise.all([ana, ...others].map((it) => it.enter(roomId)))
  for (const room of rooms) await until(room.changes, () => room.state.members.size === 20, 'all in one room')
})

test('NODE-21: who sits down by way of one node has left his place that he had by way of the other', async () => {
  const ana = await comes(a)
  const first = await ana.createRoom({ kind: 'staying' })
  await ana.enter(first)
  const there = await alsoAt(ana, b)
  const ben = await comes(b)
  const second = await ben.createRoom({ kind: 'staying' })
  await ben.enter(second)
  expect(await there.enter(second)).toMatchObject({ status: 'in' })
  await until(ana.hub.place, (place) => place.status === 'elsewhere', 'the first place taken over')
  expect(ben.room.state.members.has(ana.userId)).toBe(true)
})

test('NODE-21: signing out at one node ends the sockets at the other', async () => {
  const ana = await comes(a)
  await ana.enter(await ana.createRoom({ kind: 'staying' }))
  const there = await alsoAt(ana, b)
  sure(await there.api.send('POST', '/api/accounts/sign-out', {}))
  await until(ana.hub.place, (place) => place.status === 'signedOut', 'signed out', 10_000)
})

test('NODE-21: whom the owner bans by way of one node is out, and stays out by way of the other', async () => {
  const [ana, ben] = [await comes(a), await comes(b)]
  const roomId = await ana.createRoom({ kind: 'staying' })
  const room = await ana.enter(roomId)
  await ben.enter(roomId)
  sure(await room.request('member.ban', { userId: ben.userId, reason: '' }))
  await until(ben.hub.place, (place) => place.status === 'removed', 'out')
  expect(await ben.hub.enter(roomId)).toMatchObject({ status: expect.stringMatching(/refused|removed/) })
})

test('NODE-21: what is addressed to somebody reaches him at the other node at once', async () => {
  const [ana, ben] = [await comes(a), await comes(b)]
  await inLobby(ben.hub)
  const item = new Promise<InboxItem>((resolve) => void ben.hub.onInbox(resolve))
  sure(await ana.hub.api.send('POST', '/api/people/requests', { handle: ben.name }))
  expect(await item).toMatchObject({ kind: 'friendAsked', by: ana.userId })
})

test('NODE-21: a lobby shows the rooms of the other node, and how they change', async () => {
  const [ana, ben] = [await comes(a), await comes(b)]
  await inLobby(ben.hub)
  const name = `Night owls ${Date.now()}`
  const roomId = await ana.createRoom({ kind: 'staying', name })
  await ben.hub.lobby.look({ q: name })
  const card = () => ben.hub.lobby.view.get().page?.rooms.find(({ id }) => id === roomId)
  // One that nobody enters sleeps soon.
  await ana.enter(roomId)
  await askUntil(
    () => ben.hub.lobby.look({ q: name }).then(card),
    (found) => found !== undefined,
    'the room of the other node',
  )
  await (await comes(a)).enter(roomId)
  await until(ben.hub.lobby.view, () => card()?.members === 2, 'its members')
  await until(ben.hub.lobby.view, ({ online, rooms }) => online >= 2 && rooms >= 1, 'who is online')
  sure(await ana.hub.api.send('DELETE', `/api/rooms/${roomId}`))
  await until(ben.hub.lobby.view, () => card() === undefined, 'it gone')
})

test('NODE-21: presence is that of all nodes', async () => {
  const [ana, ben] = [await comes(a), await comes(b)]
  sure(await ana.hub.api.send('POST', '/api/people/requests', { handle: ben.name }))
  sure(await ben.hub.api.send('POST', '/api/people/requests', { handle: ana.name }))
  const seen = async () =>
    sure(await ana.get<{ presences: PresenceView[] }>('/api/presence', { users: ben.userId })).presences[0]
  await ben.enter(await ben.createRoom({ kind: 'staying', name: 'Over there' }))
  await askUntil(seen, (view) => view?.place?.kind === 'room' && view.place.name === 'Over there', 'him in his room')
  await ben.hub.leave()
  await askUntil(seen, (view) => view?.place?.kind === 'lobby', 'him in the lobby')
  sure(await ben.hub.api.send('POST', '/api/accounts/sign-out', {}))
  await askUntil(seen, (view) => view?.state === 'offline', 'him gone')
})

removalsOverNodes(() => pair)
mediaOverNodes(() => pair)
stalledEnters(() => pair)
versionsSideBySide(() => pair)
triesOverNodes(() => pair)
checksOverNodes(() => studious)
