import './harness/quietSdk.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { tcpProxy } from '#client/testing/tcpProxy.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { codeOf, newPerson, PASSWORD, Person } from '#server/testing/person.ts'
import type { Sitting } from '#server/testing/sit.ts'
import { type Started, startServer } from '#server/testing/startServer.ts'
import { askSeat, closeOf, createRoom, mustSit, shows, takeSeat, trySit, words } from './harness/seat.ts'

// A broken server answers nothing: that is found out soon.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: Started
beforeAll(async () => {
  server = await startServer()
})
// Whatever was done to it, it drains within its time.
afterAll(async () => {
  expect(await server.stop()).toBe(0)
})

const somebody = () => newPerson(server.url)
const sits = (room: Sitting, { me }: Person) => room.state.members.has(me.id)

test('SYS-3 (R3): of 200 who enter 10 seats at once exactly 10 sit, the others are told that it is full', async () => {
  const people = await Promise.all(Array.from({ length: 200 }, somebody))
  const roomId = await createRoom(people[0] as Person, { capacity: 10 })
  const outcomes = await Promise.all(people.map((it) => trySit(it, roomId)))
  const inside = outcomes.flatMap((it) => (isRefusal(it) ? [] : [it]))
  expect(inside.length).toBe(10)
  expect(new Set(outcomes.filter(isRefusal).map((it) => it.refused))).toEqual(new Set(['full']))
  for (const room of inside) expect(room.state.members.size).toBe(10)
  expect(await inside[0]?.request('chat.send', words('ten of us'))).toHaveProperty('number')
  // The one inside may come again by another device: he takes no second seat.
  const back = people[outcomes.findIndex((it) => !isRefusal(it))] as Person
  const again = await mustSit(back, roomId)
  expect(again.state.members.size).toBe(10)
})

test('SYS-4 (I1): the same user twice at once has one seat; the newest connection wins, the older is told 4011', async () => {
  const [owner, ana] = await Promise.all([somebody(), somebody()])
  const roomId = await createRoom(owner)
  const other = await mustSit(owner, roomId)
  const [first, second] = await Promise.all([askSeat(ana, roomId), askSeat(ana, roomId)])
  if (isRefusal(first) || isRefusal(second)) throw new Error('no seat')
  const outcomes = await Promise.all([takeSeat(server.url, first), takeSeat(server.url, second)])
  const rooms = outcomes.flatMap((it) => (isRefusal(it) ? [] : [it]))
  for (const refused of outcomes.filter(isRefusal)) expect(refused.refused).toBe('taken_over')
  expect(other.state.members.size).toBe(2)
  const newest = await mustSit(ana, roomId)
  for (const room of rooms) if (room.connection.isOpen) expect(await closeOf(room)).toBe(closeCodes.takenOver)
  expect(await newest.request('chat.send', words('one of me'))).toHaveProperty('number')
  expect(other.state.members.size).toBe(2)

  const elsewhere = await createRoom(owner)
  const told = closeOf(newest)
  const there = await mustSit(ana, elsewhere)
  expect(await told).toBe(closeCodes.takenOver)
  await shows(other, () => !sits(other, ana))
  expect(await there.request('chat.send', words('here now'))).toHaveProperty('number')
  expect(codeOf(await ana.get(`/api/rooms/${roomId}/messages`))).toBe('not_present')
})

test('SYS-5 (I1): the late close of an older connection never evicts the newer one', async () => {
  const [owner, ana] = await Promise.all([somebody(), somebody()])
  const roomId = await createRoom(owner)
  const other = await mustSit(owner, roomId)
  const network = await tcpProxy(Number(new URL(server.url).port))
  await mustSit(ana, roomId, `http://127.0.0.1:${network.port}`)
  network.stall()
  const newer = await mustSit(ana, roomId)
  const { entrance } = newer.state.members.get(ana.me.id) ?? {}
  let ended = false
  newer.onLeave(() => {
    ended = true
  })
  network.cut()
  // Later commands of both are decided behind whatever the close has brought.
  for (let i = 0; i < 5; i++) {
    expect(await newer.request('chat.send', words(`still here ${i}`))).toHaveProperty('number')
    expect(await other.request('chat.send', words(`yes ${i}`))).toHaveProperty('number')
  }
  expect(other.state.members.get(ana.me.id)).toMatchObject({ connected: true, entrance })
  expect(ended).toBe(false)
  expect((await ana.get(`/api/rooms/${roomId}/messages`)).status).toBe(200)
  await network.close()
})

test('SYS-6 (R7, I7): the third warning kicks, and who is kicked cannot return, by no way', async () => {
  const [owner, ana] = await Promise.all([somebody(), somebody()])
  const roomId = await createRoom(owner)
  const o = await mustSit(owner, roomId)
  const a = await mustSit(ana, roomId)
  const seat = await askSeat(ana, roomId)
  if (isRefusal(seat)) throw new Error('no seat')
  const { sessionId, reconnectionToken } = a
  const gone = closeOf(a)
  const warn = () => o.request('member.warn', { userId: ana.me.id, reason: 'noise' })
  expect(await warn()).toEqual({ warnings: 1, kicked: false })
  expect(await warn()).toEqual({ warnings: 2, kicked: false })
  expect(await a.request('chat.send', words('I am still here'))).toHaveProperty('number')
  expect(await warn()).toEqual({ warnings: 3, kicked: true })
  expect(await gone).toBe(closeCodes.kicked)
  await shows(o, () => !sits(o, ana))

  const enter = await ana.post(`/api/rooms/${roomId}/enter`)
  expect([enter.status, codeOf(enter)]).toEqual([403, 'kicked'])
  expect(await takeSeat(server.url, seat)).toMatchObject({ refused: 'kicked' })
  const token = reconnectionToken.split(':')[1] ?? ''
  await expect(takeSeat(server.url, { ...seat, sessionId }, token)).rejects.toThrow()
  const history = await ana.get(`/api/rooms/${roomId}/messages`)
  expect([history.status, codeOf(history)]).toEqual([403, 'forbidden'])
  const again = new Person(server.url)
  const signIn = await again.post('/api/accounts/sign-in', { email: ana.me.email, password: PASSWORD })
  expect(signIn.status).toBe(200)
  expect(codeOf(await again.post(`/api/rooms/${roomId}/enter`))).toBe('kicked')
  expect(codeOf(await again.get(`/api/rooms/${roomId}/messages`))).toBe('forbidden')
  expect(sits(o, ana)).toBe(false)
})

test('SYS-7 (R3): a capacity below those present is refused, by the room and by HTTP', async () => {
  const people = await Promise.all([somebody(), somebody(), somebody()] as const)
  const [owner] = people
  const roomId = await createRoom(owner, { capacity: 5 })
  const rooms = await Promise.all(people.map((it) => mustSit(it, roomId)))
  expect(await rooms[0]?.request('room.change', { capacity: 2 })).toMatchObject({ refused: 'below_present' })
  const answer = await owner.send('PATCH', `/api/rooms/${roomId}`, { capacity: 2 })
  expect([answer.status, codeOf(answer)]).toEqual([409, 'below_present'])
  expect(rooms[0]?.state.capacity).toBe(5)
  expect(await rooms[0]?.request('room.change', { capacity: 3 })).toEqual({})
  expect(await trySit(await somebody(), roomId)).toMatchObject({ refused: 'full' })
})

test('SYS-8 (I7): signing out ends socket and HTTP at once, and no other session of the user', async () => {
  const [owner, ana] = await Promise.all([somebody(), somebody()])
  const roomId = await createRoom(owner)
  const o = await mustSit(owner, roomId)
  const a = await mustSit(ana, roomId)
  const phone = new Person(server.url)
  await phone.post('/api/accounts/sign-in', { email: ana.me.email, password: PASSWORD })
  const { cookie } = ana
  const { sessionId, reconnectionToken } = a
  const seat = await askSeat(ana, roomId)
  const gone = closeOf(a)
  expect((await ana.post('/api/accounts/sign-out')).status).toBe(200)
  expect(await gone).toBe(closeCodes.signedOut)
  await shows(o, () => !sits(o, ana))
  ana.cookie = cookie
  for (const path of ['/api/me', `/api/rooms/${roomId}/messages`, '/api/study/today'])
    expect((await ana.get(path)).status).toBe(401)
  expect((await ana.post(`/api/rooms/${roomId}/enter`)).status).toBe(401)
  if (isRefusal(seat)) throw new Error('no seat')
  const token = reconnectionToken.split(':')[1] ?? ''
  await expect(takeSeat(server.url, { ...seat, sessionId }, token)).rejects.toThrow()
  expect((await phone.get('/api/me')).status).toBe(200)
  expect(sits(await mustSit(phone, roomId), ana)).toBe(true)
})

test('SYS-8 (I7): a seat that was handed out before the sign-out lets nobody in after it', async () => {
  const [owner, ana] = await Promise.all([somebody(), somebody()])
  const roomId = await createRoom(owner)
  const o = await mustSit(owner, roomId)
  const seat = await askSeat(ana, roomId)
  if (isRefusal(seat)) throw new Error('no seat')
  await ana.post('/api/accounts/sign-out')
  expect(await takeSeat(server.url, seat)).toEqual({ refused: 'unauthenticated' })
  expect(sits(o, ana)).toBe(false)
})
