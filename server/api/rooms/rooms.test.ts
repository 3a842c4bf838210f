import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { HistoryPage } from '#schemas/api/rooms.ts'
import type { RoomPage } from '#schemas/messages/lobby.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { codeOf, newPerson, type Person } from '#server/testing/person.ts'
import { type Sitting, sit } from '#server/testing/sit.ts'

let server: InProcess
let mina: Person
let jun: Person
beforeAll(async () => {
  server = await inProcess({ RATE_FACTOR: '100' })
})
beforeEach(async () => {
  ;[mina, jun] = await Promise.all([newPerson(server.url), newPerson(server.url, 'Jun')])
})
afterAll(() => server.stop())

async function newRoom(owner: Person, facts: object = {}): Promise<string> {
  const answer = await owner.post('/api/rooms', { name: 'Night owls', kind: 'staying', ...facts })
  expect(answer.status).toBe(201)
  return (answer.body as { roomId: string }).roomId
}

describe('rooms', () => {
  test('API-10: a new room is found at once: by id, in the list (signed out too), among one’s own', async () => {
    const roomId = await newRoom(mina, { level: 'university', tags: ['math'] })
    expect((await mina.get(`/api/rooms/${roomId}`)).body).toMatchObject({
      name: 'Night owls',
      owner: mina.me.id,
      live: true,
    })
    const signedOut = await (await fetch(`${server.url}/api/rooms?q=owls&level=university`)).json()
    expect((signedOut as RoomPage).rooms.map((room) => room.id)).toContain(roomId)
    expect((await mina.get('/api/rooms/mine')).body).toMatchObject({ rooms: [{ id: roomId, owner: true, unread: 0 }] })
    expect((await jun.get('/api/rooms/mine')).body).toEqual({ rooms: [], next: null })
  })

  test('API-11: only the owner changes or ends it; others are refused and nothing changes', async () => {
    const roomId = await newRoom(mina)
    for (const answer of [
      await jun.send('PATCH', `/api/rooms/${roomId}`, { name: 'Taken over' }),
      await jun.send('DELETE', `/api/rooms/${roomId}`),
    ])
      expect(answer.status).toBe(403)
    expect((await mina.send('PATCH', `/api/rooms/${roomId}`, { name: 'Early birds' })).status).toBe(200)
    expect((await mina.get(`/api/rooms/${roomId}`)).body).toMatchObject({ name: 'Early birds' })
    expect((await mina.send('DELETE', `/api/rooms/${roomId}`)).status).toBe(200)
    expect((await mina.get(`/api/rooms/${roomId}`)).status).toBe(404)
  })

  test('API-12: rooms that are not are not found, by every way', async () => {
    for (const [method, path] of [
      ['PATCH', '/api/rooms/nowhere'],
      ['DELETE', '/api/rooms/nowhere'],
      ['POST', '/api/rooms/nowhere/enter'],
    ] as const)
      expect((await mina.send(method, path, method === 'DELETE' ? undefined : {})).status).toBe(404)
  })

  test('API-13: signed out nobody creates, changes, ends or enters', async () => {
    const roomId = await newRoom(mina)
    mina.cookie = ''
    const answers = await Promise.all([
      mina.post('/api/rooms', { name: 'No' }),
      mina.send('PATCH', `/api/rooms/${roomId}`, { name: 'Nobody' }),
      mina.send('DELETE', `/api/rooms/${roomId}`),
      mina.post(`/api/rooms/${roomId}/enter`),
      mina.post('/api/lobby/enter'),
      mina.get(`/api/rooms/${roomId}/messages`),
    ])
    expect(answers.map(codeOf)).toEqual(answers.map(() => 'unauthenticated'))
  })

  test('API-14: the list goes by cursor, each room once', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, (_, i) => newRoom(mina, { name: `Paged ${i}` })))
    const seen: string[] = []
    let next: string | null = null
    do {
      const page = (await mina.get(`/api/rooms?q=paged&limit=2${next ? `&cursor=${next}` : ''}`)).body as RoomPage
      seen.push(...page.rooms.map((room) => room.id))
      next = page.next
    } while (next !== null)
    expect(seen.sort()).toEqual(made.sort())
  })
})

describe('history', () => {
  const say = (room: Sitting, n: number, text: string) =>
    room.request('chat.send', { outbox: 'o1', n, text, mentions: [] })
  const page = async (who: Person, roomId: string, query = '') =>
    (await who.get(`/api/rooms/${roomId}/messages${query}`)).body as HistoryPage

  test('API-20: what was just said is in history at once, dense and in order, whether archived yet or not', async () => {
    const roomId = await newRoom(mina)
    const room = await sit(mina, roomId)
    for (let n = 1; n <= 7; n++) {
      await say(room, n, `message ${n}`)
      const { messages, head, complete } = await page(mina, roomId)
      expect(messages.map((message) => message.number)).toEqual(Array.from({ length: n }, (_, i) => i + 1))
      expect([head, complete]).toEqual([n, true])
    }
    expect((await page(mina, roomId, '?before=5&limit=2')).messages.map((m) => m.text)).toEqual([
      'message 3',
      'message 4',
    ])
    expect((await page(mina, roomId, '?after=5&limit=9')).messages.map((m) => m.number)).toEqual([6, 7])
    expect((await page(mina, roomId, '?at=0&limit=1')).messages.map((m) => m.number)).toEqual([1])
    await room.leave()
  })

  test('API-21: an edit and a deletion show at once; earlier wordings are kept, except of what was deleted', async () => {
    const roomId = await newRoom(mina)
    const room = await sit(mina, roomId)
    await say(room, 1, 'frist')
    await say(room, 2, 'oops')
    await room.request('chat.edit', { number: 1, text: 'first' })
    await room.request('chat.delete', { number: 2 })
    const { messages } = await page(mina, roomId)
    expect(messages).toMatchObject([
      { text: 'first', revision: 1 },
      { text: '', deleted: true },
    ])
    const past = async (number: number) =>
      ((await mina.get(`/api/rooms/${roomId}/messages/${number}/past`)).body as { past: { text: string }[] }).past
    await expect.poll(() => past(1)).toMatchObject([{ text: 'frist' }])
    await room.request('chat.delete', { number: 1 })
    expect(await past(1)).toEqual([])
    expect(await past(2)).toEqual([])
    await room.leave()
  })

  test('API-22: history is for who is in the room: not for others, not after leaving, not for the removed (I7)', async () => {
    const roomId = await newRoom(mina)
    const owner = await sit(mina, roomId)
    await say(owner, 1, 'hello')
    expect(codeOf(await jun.get(`/api/rooms/${roomId}/messages`))).toBe('not_present')
    const guest = await sit(jun, roomId)
    expect((await page(jun, roomId)).messages).toHaveLength(1)
    const closed = new Promise<number>((resolve) => guest.onLeave((code) => resolve(code)))
    await owner.request('member.kick', { userId: jun.me.id, reason: '' })
    expect(await closed).toBe(4012)
    expect((await jun.get(`/api/rooms/${roomId}/messages`)).status).toBe(403)
    expect((await jun.get(`/api/rooms/${roomId}/messages/1/past`)).status).toBe(403)
    expect((await jun.post(`/api/rooms/${roomId}/enter`)).status).toBe(403)
    await owner.leave()
  })

  test('ACCT-5: signing out closes the sockets of that session with its own code (I7)', async () => {
    const roomId = await newRoom(mina)
    const room = await sit(mina, roomId)
    const closed = new Promise<number>((resolve) => room.onLeave((code) => resolve(code)))
    await mina.post('/api/accounts/sign-out')
    expect(await closed).toBe(4014)
  })
})

describe('study time', () => {
  test('API-30: today is a day of the caller’s own zone, with nothing studied yet', async () => {
    await mina.send('PATCH', '/api/me', { timeZone: 'America/New_York', dayStartHour: 0 })
    const today = (await mina.get('/api/study/today')).body as { day: string; dayStartsAt: number; totalMs: number }
    expect(new Date(today.dayStartsAt).toLocaleString('sv', { timeZone: 'America/New_York' })).toBe(
      `${today.day} 00:00:00`,
    )
    expect(today.totalMs).toBe(0)
  })

  test('API-31: time studied in a room is in today', async () => {
    const roomId = await newRoom(mina)
    const room = await sit(mina, roomId)
    await room.request('study.start', {})
    const from = Date.now()
    await expect.poll(() => Date.now() - from, { interval: 20 }).toBeGreaterThan(150)
    await room.request('study.stop', {})
    await expect
      .poll(async () => ((await mina.get('/api/study/today')).body as { totalMs: number }).totalMs)
      .toBeGreaterThanOrEqual(150)
    await room.leave()
  })

  test('STUDY-6: a zone that is changed while one sits in a room holds there at once, with what its day has', async () => {
    type Today = { dayEndsAt: number; totalMs: number }
    const today = async () => (await mina.get('/api/study/today')).body as Today
    // 25 hours apart: never the same day.
    const [east, west] = [{ timeZone: 'Pacific/Kiritimati' }, { timeZone: 'Pacific/Pago_Pago' }]
    await mina.send('PATCH', '/api/me', east)
    const room = await sit(mina, await newRoom(mina))
    const shown = () => {
      const member = room.state.members.get(mina.me.id)
      return { dayEndsAt: member?.dayEndsAt, totalMs: member?.studiedMs }
    }
    const studied = async () => {
      await room.request('study.start', {})
      await room.request('study.stop', {})
      return shown().totalMs
    }
    await expect.poll(studied).toBeGreaterThan(0)
    await expect.poll(async () => (await today()).totalMs).toBe(shown().totalMs)
    const there = await today()
    await mina.send('PATCH', '/api/me', west)
    const here = await today()
    expect(here.totalMs).toBe(0)
    await expect.poll(shown).toEqual({ dayEndsAt: here.dayEndsAt, totalMs: 0 })
    await mina.send('PATCH', '/api/me', east)
    await expect.poll(shown).toEqual({ dayEndsAt: there.dayEndsAt, totalMs: there.totalMs })
    await room.leave()
  })
})
