import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InboxPage } from '#schemas/api/inbox.ts'
import type { PresenceView } from '#schemas/messages/presence.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { codeOf, newPerson, type Person } from '#server/testing/person.ts'
import { sit } from '#server/testing/sit.ts'

let server: InProcess
beforeAll(async () => {
  server = await inProcess({ RATE_FACTOR: '1000' })
})
afterAll(() => server.stop())

const looks = async (viewer: Person, ...users: string[]): Promise<readonly PresenceView[]> =>
  ((await viewer.get(`/api/presence?users=${users.join(',')}`)).body as { presences: PresenceView[] }).presences
const inboxOf = async (person: Person, query = ''): Promise<InboxPage> =>
  (await person.get(`/api/inbox${query}`)).body as InboxPage

test('PRESENCE-8: strangers learn nothing, not even who there is; what is asked wrongly is refused', async () => {
  const [ana, ben] = [await newPerson(server.url), await newPerson(server.url)]
  expect(await looks(ana, ben.me.id, 'nobody')).toEqual([])
  expect(await looks(ana, ana.me.id)).toMatchObject([{ userId: ana.me.id, state: 'offline', lastSeenAt: null }])
  expect(codeOf(await ana.get('/api/presence?users='))).toBe('invalid')
  const many = Array.from({ length: 201 }, (_, i) => `u${i}`).join(',')
  expect(codeOf(await ana.get(`/api/presence?users=${many}`))).toBe('invalid')
})

test('PRESENCE-2: the own choice is kept; one that is none is refused', async () => {
  const ana = await newPerson(server.url)
  expect((await ana.get('/api/me/presence')).body).toEqual({ choice: 'online' })
  expect((await ana.send('PATCH', '/api/me/presence', { choice: 'dnd' })).body).toEqual({ choice: 'dnd' })
  expect((await ana.get('/api/me/presence')).body).toEqual({ choice: 'dnd' })
  expect(codeOf(await ana.send('PATCH', '/api/me/presence', { choice: 'offline' }))).toBe('invalid')
})

test('INBOX-1, INBOX-2: a warning is in the inbox of the warned, whoever missed the hint; it is read once, by him only', async () => {
  const [owner, guest] = [await newPerson(server.url, 'Owner'), await newPerson(server.url, 'Guest')]
  const { roomId } = (await owner.post('/api/rooms', { name: 'Quiet' })).body as { roomId: string }
  const room = await sit(owner, roomId)
  await sit(guest, roomId)
  for (const reason of ['too loud', 'still'])
    expect(await room.request('member.warn', { userId: guest.me.id, reason })).toHaveProperty('warnings')
  await expect.poll(() => inboxOf(guest)).toMatchObject({ head: 2, unread: 2, readThrough: 0, more: false })
  const missed = await inboxOf(guest, '?after=1')
  expect(missed.entries).toMatchObject([{ number: 2, item: { kind: 'warned', reason: 'still', roomId, count: 2 } }])
  expect(await inboxOf(owner)).toEqual({ entries: [], more: false, head: 0, readThrough: 0, unread: 0 })
  expect((await guest.post('/api/inbox/read', { through: 1 })).body).toEqual({ readThrough: 1, unread: 1 })
  expect((await guest.post('/api/inbox/read', { through: 9 })).body).toEqual({ readThrough: 2, unread: 0 })
  expect((await guest.post('/api/inbox/read', { through: 1 })).body).toEqual({ readThrough: 2, unread: 0 })
  expect(codeOf(await guest.get('/api/inbox?after=-1'))).toBe('invalid')
})

test('I8: nothing of it without a session', async () => {
  for (const path of ['/api/presence?users=u', '/api/me/presence', '/api/inbox'])
    expect((await fetch(server.url + path)).status, path).toBe(401)
})
