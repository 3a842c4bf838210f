import { Protocol } from '@colyseus/core'
import { expect, test } from 'vitest'
import { isRefusal } from '#schemas/refusals.ts'
import { ask } from './harness/AttackedRoom.ts'
import { attackedRoomForFile } from './harness/attackedRoomForFile.ts'
import { frame, rudeClient } from './harness/rude.ts'
import { closeOf, shows, words } from './harness/seat.ts'

const place = attackedRoomForFile()

test('SYS-9 (I10): wrong types are refused as invalid, unknown types as unknown, and nobody is disconnected for it', async () => {
  const { room } = await place().guest()
  for (const body of [null, 7, 'x', [], { text: 1 }, { outbox: 'o', n: -1, text: 'x' }, { ...words(''), text: ' ' }])
    expect(await ask(room, 'chat.send', body)).toMatchObject({ refused: 'invalid' })
  expect(await ask(room, 'timer.start', { plan: { focusMs: 1e15 } })).toMatchObject({ refused: 'invalid' })
  expect(await ask(room, 'room.change', { capacity: 1e9 })).toMatchObject({ refused: 'invalid' })
  for (const type of ['no.such', 'constructor', '__proto__', 'toString', ''])
    expect(await ask(room, type, {})).toMatchObject({ refused: 'unknown' })
  // As no typed client would.
  room.send('no.such' as never, {} as never)
  room.send('chat.send', 'no object' as never)
  expect(await room.request('chat.send', words('still connected'))).toHaveProperty('number')
  await room.leave()
})

test('SYS-9 (I10): control characters are refused; markup is text, as it was written', async () => {
  const { room } = await place().guest()
  for (const text of ['a\u0000b', 'a\u0007b', '\u202eevil', 'a\u2028b'])
    expect(await ask(room, 'chat.send', words(text))).toMatchObject({ refused: 'invalid' })
  const markup = `<script>alert(1)</script><img src=x onerror="alert(2)">{{7*7}}\${7*7}'; drop table users;--`
  const said = await room.request('chat.send', words(markup))
  if (isRefusal(said)) throw new Error(said.refused)
  await shows(place().good, (s) => s.chatHead >= said.number)
  expect(place().good.state.chat[said.number % 100]?.text).toBe(markup)
  const page = await place().owner.get(`/api/rooms/${place().roomId}/messages?after=${said.number - 1}&limit=1`)
  expect(page.body).toMatchObject({ messages: [{ text: markup }] })
  expect(page.headers.get('content-type')).toContain('application/json')
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  const named = await place().owner.post('/api/rooms', { name: '<b onclick=x>room</b>' })
  expect(named.status).toBe(201)
  expect((await place().owner.get(`/api/rooms/${(named.body as { roomId: string }).roomId}`)).body).toMatchObject({
    name: '<b onclick=x>room</b>',
  })
  await room.leave()
})

test("SYS-10 (I8): forged ids and other people's messages: the author is who the session says, and only he changes them", async () => {
  const { person, room } = await place().guest()
  const said = await place().good.request('chat.send', words('mine'))
  if (isRefusal(said)) throw new Error(said.refused)
  const { number } = said
  await shows(room, (s) => s.chatHead >= number)
  expect(await room.request('chat.edit', { number, text: 'forged' })).toMatchObject({ refused: 'forbidden' })
  expect(await room.request('chat.delete', { number })).toMatchObject({ refused: 'forbidden' })
  expect(await room.request('chat.edit', { number: 9_999_999, text: 'x' })).toMatchObject({ refused: 'not_found' })
  const forged = {
    ...words('signed by another'),
    author: place().owner.me.id,
    userId: place().owner.me.id,
    authorName: 'x',
  }
  const mine = (await ask(room, 'chat.send', forged)) as { number: number }
  await shows(place().good, (s) => s.chatHead >= mine.number)
  expect(place().good.state.chat[mine.number % 100]).toMatchObject({ author: person.me.id, authorName: person.me.name })
  for (const type of ['member.kick', 'member.warn', 'member.ban', 'member.letBack'])
    expect(await ask(room, type, { userId: place().owner.me.id })).toMatchObject({ refused: 'forbidden' })
  expect(await ask(room, 'member.records', {})).toMatchObject({ refused: 'forbidden' })
  expect(await ask(room, 'room.change', { name: 'taken over' })).toMatchObject({ refused: 'forbidden' })
  expect(await ask(room, 'hand.lower', { userId: place().owner.me.id })).toHaveProperty('refused')
  expect(place().good.state.chat[number % 100]?.text).toBe('mine')
  await room.leave()
})

test('SYS-9 (I10): a payload of 1 MB ends its own connection only', async () => {
  const { room } = await place().guest()
  const gone = closeOf(room)
  room.send('chat.send', words('x'.repeat(1_000_000)))
  expect([1006, 1009, 4002]).toContain(await gone)
})

test('SYS-9 (I10): frames of deep arrays, absurd lengths and noise end at most their own connection', async () => {
  const person = await place().somebody()
  const deep = Buffer.alloc(60_000, 0x91)
  const absurd = [0xdd, 0xdf, 0xdb, 0xc6].map((kind) => Buffer.from([kind, 0xff, 0xff, 0xff, 0xff, 1]))
  const kinds = [Protocol.ROOM_DATA, Protocol.ROOM_DATA_BYTES, 0, 9, 11, 14, 15, 16, 17, 18, 19, 20, 255]
  for (const kind of kinds) {
    const rude = await rudeClient(place().server.url, await place().ticket(person))
    for (const rest of [deep, ...absurd, Buffer.from([0xc1]), Buffer.alloc(0)]) {
      rude.send(frame(kind, 'chat.send', rest))
      rude.send(Buffer.concat([Buffer.from([kind]), rest]))
    }
    rude.send(Buffer.alloc(0))
    rude.send('text instead of bytes')
    rude.socket.close()
    expect([1000, 1005, 1006, 4002]).toContain(await rude.closed)
  }
  expect((await place().owner.get('/healthz')).status).toBe(200)
})

test('SYS-11 (I10): a client that never acknowledges its join holds nobody up and leaves with its socket', async () => {
  const person = await place().somebody()
  const silent = await rudeClient(place().server.url, await place().ticket(person), false)
  await shows(place().good, (s) => s.members.has(person.me.id))
  for (let i = 0; i < 5; i++) expect(await place().good.request('chat.send', words(`on ${i}`))).toHaveProperty('number')
  silent.socket.terminate()
  await shows(place().good, (s) => !s.members.has(person.me.id))
})

test('SYS-17 (I10): nothing that was logged at the finest level holds a secret, and nothing above was a bug of ours', () =>
  place().logIsClean())
