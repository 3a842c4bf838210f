import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isRefusal } from '#schemas/refusals.ts'
import { type Started, startServer } from '#server/testing/startServer.ts'
import { createStudyHub } from './createStudyHub.ts'
import { memoryStorage } from './keyValue.ts'
import type { HubOptions } from './options.ts'
import { cookieFetch } from './testing/cookieFetch.ts'
import { signUpByMail } from './testing/signUpByMail.ts'
import { tcpProxy } from './testing/tcpProxy.ts'
import { until } from './testing/until.ts'
import type { StudyHandle, StudyHub } from './types.ts'

let server: Started
const hubs: StudyHub[] = []
beforeAll(async () => {
  server = await startServer()
}, 30_000)
afterAll(async () => {
  for (const hub of hubs) await hub.close()
  await server.stop()
})

let count = 0
async function person(options: Partial<HubOptions> = {}): Promise<{ hub: StudyHub; options: HubOptions }> {
  const all = { origin: server.url, fetch: cookieFetch(), storage: memoryStorage(), ...options }
  const hub = createStudyHub(all)
  hubs.push(hub)
  const n = ++count
  const handle = `p${process.pid}x${n}`
  const body = { email: `${handle}@study.example`, password: 'corr3ct horse!', name: `Person ${n}`, handle }
  const view = await signUpByMail(hub, body)
  expect(view).toMatchObject({ status: 'in' })
  return { hub, options: all }
}

async function room(hub: StudyHub, facts: Record<string, unknown> = {}): Promise<string> {
  const made = await hub.api.send<{ roomId: string }>('POST', '/api/rooms', { name: 'A quiet room', ...facts })
  if (isRefusal(made)) throw new Error(`no room: ${made.refused}`)
  return made.roomId
}

async function sit(hub: StudyHub, roomId: string): Promise<StudyHandle> {
  const view = await hub.enter(roomId)
  if (view.status !== 'in') throw new Error(JSON.stringify(view))
  return view.room
}

const texts = (handle: StudyHandle) => handle.chat.view.get().messages.map((m) => m.text)
const allStored = (handle: StudyHandle) => handle.chat.view.get().messages.every((m) => m.delivery === 'stored')
const has = (handle: StudyHandle, amount: number) => () =>
  handle.chat.view.get().messages.length === amount && allStored(handle)

test('CLIENT-5: two people talk; each message is sent, then stored, and both see the same', async () => {
  const [{ hub: one }, { hub: two }] = [await person(), await person()]
  const id = await room(one)
  const [a, b] = [await sit(one, id), await sit(two, id)]
  expect(a.state.members.size).toBe(2)
  for (let i = 0; i < 5; i++) {
    a.chat.send(`a${i}`)
    b.chat.send(`b${i}`)
  }
  await until(a.chat.view, has(a, 10))
  await until(b.chat.view, has(b, 10))
  expect(texts(a)).toEqual(texts(b))
  expect(texts(a).filter((t) => t.startsWith('a'))).toEqual(['a0', 'a1', 'a2', 'a3', 'a4'])
  expect(Math.abs(a.now() - Date.now())).toBeLessThan(1_000)
  a.chat.markRead(10)
  await until(a.changes, () => a.state.members.get(a.me)?.readThrough === 10)
  expect(a.chat.view.get().unread).toBe(0)
})

test.each([
  ['CLIENT-3 CLIENT-6: the network is cut', 'cut', true],
  ['CLIENT-6: the network stalls, unnoticed', 'stall', false],
  ['CLIENT-3 CLIENT-6 CLIENT-19: the network stalls until silence tells', 'stall', true],
] as const)(
  '%s while both write: nothing lost, nothing doubled, one order',
  async (_, how, noticed) => {
    const proxy = await tcpProxy(Number(new URL(server.url).port))
    const { hub: one } = await person({ origin: `http://127.0.0.1:${proxy.port}` })
    const { hub: two } = await person()
    const id = await room(two)
    const [a, b] = [await sit(one, id), await sit(two, id)]
    const same = a
    const isLive = () => {
      const view = one.place.get()
      return view.status === 'in' && view.connection === 'live'
    }
    /** Both write; what goes out from who has a network is stored before it goes on. */
    const write = async (from: number, to: number) => {
      for (let i = from; i < to; i++) {
        a.chat.send(`a${i}`)
        if (i % 2 === 0) b.chat.send(`b${i}`)
        if (i % 5 === 0) await until(b.chat.view, () => allStored(b))
      }
    }
    await write(0, 20)
    proxy[how]()
    await write(20, 45)
    if (noticed) await until(one.place, () => !isLive(), 20_000)
    proxy.heal()
    await write(45, 60)
    await until(a.chat.view, has(a, 90), 20_000)
    await until(b.chat.view, has(b, 90), 20_000)
    expect(texts(a)).toEqual(texts(b))
    expect(texts(a).filter((t) => t.startsWith('a'))).toEqual(Array.from({ length: 60 }, (_, i) => `a${i}`))
    const view = one.place.get()
    expect(view).toMatchObject({ status: 'in', connection: 'live' })
    expect(view.status === 'in' && view.room === same).toBe(true)
    await one.close()
    await proxy.close()
  },
  60_000,
)

test('CLIENT-6 CLIENT-14: a page closed with unsent messages sends them once after the reload', async () => {
  const proxy = await tcpProxy(Number(new URL(server.url).port))
  const { hub: one, options } = await person({ origin: `http://127.0.0.1:${proxy.port}` })
  const { hub: two } = await person()
  const id = await room(two)
  const [a, b] = [await sit(one, id), await sit(two, id)]
  a.chat.send('stored before')
  await until(a.chat.view, has(a, 1))
  proxy.cut()
  for (let i = 0; i < 5; i++) a.chat.send(`kept ${i}`)
  const keys = a.chat.view.get().messages.map((m) => m.key)
  await one.close()
  proxy.heal()
  const again = createStudyHub(options)
  hubs.push(again)
  const back = await sit(again, id)
  expect(
    back.chat.view
      .get()
      .messages.slice(1)
      .map((m) => m.key),
  ).toEqual(keys.slice(1))
  await until(back.chat.view, has(back, 6))
  await until(b.chat.view, has(b, 6))
  expect(back.chat.view.get().messages.map((m) => m.key)).toEqual([expect.any(String), ...keys.slice(1)])
  expect(texts(b)).toEqual(['stored before', ...Array.from({ length: 5 }, (_, i) => `kept ${i}`)])
  await again.close()
  await proxy.close()
}, 30_000)

test('CLIENT-3 CLIENT-6: the server is killed and started again under load: both come back by themselves, nothing is lost', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'studyhub-client-'))
  const first = await startServer({ dataDir })
  const proxy = await tcpProxy(Number(new URL(first.url).port))
  const origin = `http://127.0.0.1:${proxy.port}`
  const [{ hub: one }, { hub: two }] = [await person({ origin }), await person({ origin })]
  const id = await room(one)
  const [a, b] = [await sit(one, id), await sit(two, id)]
  const say = (from: number, to: number) => {
    for (let i = from; i < to; i++) {
      a.chat.send(`a${i}`)
      b.chat.send(`b${i}`)
    }
  }
  say(0, 5)
  await until(a.chat.view, () => a.chat.view.get().head >= 3)
  await first.kill()
  say(5, 10)
  const again = await startServer({ dataDir })
  proxy.aim(Number(new URL(again.url).port))
  const began = performance.now()
  for (const handle of [a, b]) await until(handle.chat.view, has(handle, 20), 15_000)
  expect(performance.now() - began).toBeLessThan(10_000)
  expect(texts(a)).toEqual(texts(b))
  for (const who of ['a', 'b'])
    expect(texts(a).filter((t) => t.startsWith(who))).toEqual(Array.from({ length: 10 }, (_, i) => `${who}${i}`))
  await Promise.all([one.close(), two.close()])
  await again.stop()
  await proxy.close()
  await rm(dataDir, { recursive: true })
}, 60_000)

test('CLIENT-4: a second device takes the place over; the first is told and can take it back', async () => {
  const { hub: one, options } = await person()
  const id = await room(one)
  await sit(one, id)
  const other = createStudyHub({ ...options, storage: memoryStorage() })
  hubs.push(other)
  await sit(other, id)
  await until(one.place, () => one.place.get().status === 'elsewhere')
  expect(await one.continueHere()).toMatchObject({ status: 'in', roomId: id })
  await until(other.place, () => other.place.get().status === 'elsewhere')
})

test('CLIENT-2: moving takes the new seat first; a refusal leaves the old place as it is', async () => {
  const [{ hub: one }, { hub: two }] = [await person(), await person()]
  const [first, second, locked] = [await room(one), await room(two), await room(two, { password: 'let me in' })]
  const a = await sit(one, first)
  expect(await one.enter(locked)).toMatchObject({ status: 'refused', refusal: { refused: 'password_required' } })
  expect(one.place.get()).toMatchObject({ status: 'in', roomId: first, room: a })
  expect(await one.enter(second)).toMatchObject({ status: 'in', roomId: second })
  expect(await one.enter(locked, { password: 'let me in' })).toMatchObject({ status: 'in', roomId: locked })
  await one.leave()
  expect(one.place.get()).toEqual({ status: 'none' })
})

test('CLIENT-16: the lobby is held while in no place, and shows a room that opens', async () => {
  const [{ hub: one }, { hub: two }] = [await person(), await person()]
  await until(one.lobby.view, () => one.lobby.view.get().connection === 'live')
  const id = await room(two, { name: 'Brand new' })
  await sit(two, id)
  await one.lobby.look({ q: 'Brand new' })
  expect(one.lobby.view.get().page?.rooms.map((r) => r.id)).toEqual([id])
  await until(one.lobby.view, () => one.lobby.view.get().page?.rooms[0]?.members === 1)
  await two.leave()
  await until(one.lobby.view, () => one.lobby.view.get().page?.rooms[0]?.members === 0)
})

test('CLIENT-1 CLIENT-4: signing out ends session and place', async () => {
  const { hub } = await person()
  await sit(hub, await room(hub))
  await hub.api.send('POST', '/api/accounts/sign-out', {})
  await until(hub.place, () => hub.place.get().status === 'signedOut')
  await until(hub.session, () => hub.session.get().status === 'out')
})
