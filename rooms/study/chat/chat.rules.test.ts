import { expect, test } from 'vitest'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import { limits } from '#schemas/limits.ts'
import { decideJoin } from '../members/entry.rules.ts'
import { studyRules } from '../studyRules.ts'
import { given, joined, left, muted, type Scenario, sent, sentMany, who } from '../testing/given.ts'
import { decideSend } from './chat.rules.ts'
import { decideMarkUnread, decideRead } from './read.rules.ts'
import { decideTyping, endTyping } from './typing.ts'
import { windowMessage } from './window.ts'

const DAY = 86_400_000
type Over = { outbox?: string; text?: string; replyTo?: number; mentions?: string[] }
const send = (room: Scenario, by: string, n: number, over: Over = {}) =>
  room.when((place, at) => decideSend(place, who(by), { outbox: `o-${by}`, n, text: 'hi', mentions: [], ...over }, at))
const read = (room: Scenario, by: string, number: number) =>
  room.when((place, at) => decideRead(place, who(by), { number }, at))
const markUnread = (room: Scenario, by: string, number: number) =>
  room.when((place, at) => decideMarkUnread(place, who(by), { number }, at))
const removed = (userId: string): NewEvent => ({
  type: 'member.removed',
  data: { userId, name: userId, kind: 'kicked', until: null, reason: '', by: 'ana' },
})

test('CHAT-1: a message gets the next number and stands in the window', () => {
  const room = given('ana', 'ben').given(sent(1))
  expect(send(room, 'ben', 1)).toMatchObject({ reply: { number: 2, at: room.now } })
  expect(windowMessage(room.place, 2)).toMatchObject({ author: 'ben', authorName: 'Ben', text: 'hi', at: room.now })
  expect(room.place.state.chatHead).toBe(2)
})

test('CHAT-2: a repeat is answered with its first number and time, and commits nothing', () => {
  const room = given('ana', 'ben')
  const first = room.now
  send(room, 'ana', 1)
  for (let n = 2; n <= 20; n++) send(room.after(5), 'ana', n)
  room.given(muted('ana'))
  expect(send(room, 'ana', 1, { text: 'other' })).toEqual({ events: [], reply: { number: 1, at: first }, after: [] })
})

test('CHAT-3: what is not known any more, or was never committed, is stale', () => {
  const room = given('ana')
  for (let n = 1; n <= 41; n++) if (n !== 30) send(room, 'ana', n)
  const details = { highest: 41, oldest: 41 - limits.outboxUnanswered }
  expect(send(room, 'ana', 8)).toEqual({ refused: 'stale_number', details })
  expect(send(room, 'ana', 30)).toEqual({ refused: 'stale_number', details })
  expect(send(room, 'ana', details.oldest)).toMatchObject({ events: [], reply: { number: details.oldest } })
})

test('CHAT-3: an outbox name of another user is another outbox', () => {
  const room = given('ana', 'ben')
  send(room, 'ana', 7, { outbox: 'same' })
  expect(send(room, 'ben', 7, { outbox: 'same' })).toMatchObject({ reply: { number: 2 } })
})

test('CHAT-5: outboxes are trimmed after a day, forgotten after 30, and 20 of a user are kept', () => {
  const room = given('ana', 'ben')
  send(room, 'ana', 1)
  send(room, 'ana', 2)
  send(room.after(2 * DAY), 'ben', 1)
  expect(room.place.hidden.outboxes.get('ana/o-ana')?.map((s) => s.n)).toEqual([2])
  for (let i = 1; i <= 25; i++) send(room.after(1), 'ben', 1, { outbox: `b${i}` })
  const keys = [...room.place.hidden.outboxes.keys()].filter((key) => key.startsWith('ben/'))
  expect(keys).toEqual(Array.from({ length: 20 }, (_, i) => `ben/b${i + 6}`))
  send(room.after(29 * DAY), 'ben', 1, { outbox: 'late' })
  expect(room.place.hidden.outboxes.has('ana/o-ana')).toBe(false)
})

test('CHAT-6: absent and muted people say nothing, and nobody replies to what does not exist', () => {
  const room = given('ana', 'ben').given(muted('ben'))
  expect(send(room, 'cho', 1)).toEqual({ refused: 'not_present' })
  expect(send(room, 'ben', 1)).toEqual({ refused: 'muted' })
  expect(send(room, 'ana', 1, { replyTo: 1 })).toEqual({ refused: 'not_found' })
  send(room, 'ana', 2)
  expect(send(room, 'ana', 3, { replyTo: 1 })).toMatchObject({ events: [{ data: { replyTo: 1 } }] })
})

test('CHAT-7: only people the room knows are mentioned, each once; those who are away are told', () => {
  const room = given('ana', 'ben').given(joined('cho'), left('cho'), joined('dee'), left('dee'), removed('dee'))
  const said = send(room, 'ana', 1, { mentions: ['cho', 'ben', 'cho', 'nobody', 'dee'], text: 'x'.repeat(500) })
  expect(said).toMatchObject({ events: [{ data: { mentions: ['cho', 'ben', 'dee'] } }] })
  const item = { kind: 'mentioned', roomId: 'room1', roomName: 'Quiet corner', number: 1, by: 'Ana' }
  expect('after' in said && said.after).toEqual([
    { do: 'tell', userId: 'cho', item: { ...item, text: 'x'.repeat(limits.mentionExcerpt) } },
  ])
})

test('CHAT-15: the read marker moves forward only, and not beyond the newest message', () => {
  const room = given('ana', 'ben').given(...sentMany(1, 5))
  expect(read(room, 'ben', 4)).toMatchObject({ events: [{ type: 'read.moved' }], reply: { readThrough: 4 } })
  expect(read(room, 'ben', 2)).toMatchObject({ events: [], reply: { readThrough: 4 } })
  expect(read(room, 'ben', 6)).toEqual({ refused: 'not_found' })
  room.given(left('ben'), joined('ben'))
  expect(room.place.state.members.get('ben')?.readThrough).toBe(4)
})

test('CHAT-16: one "unread from here" at most, taken away by reading it', () => {
  const room = given('ana', 'ben').given(...sentMany(1, 5))
  read(room, 'ben', 5)
  markUnread(room, 'ben', 2)
  markUnread(room, 'ben', 3)
  expect(markUnread(room, 'ben', 3)).toMatchObject({ events: [] })
  expect([...room.place.hidden.markedUnread]).toEqual([['ben', 3]])
  expect(read(room, 'ben', 2)).toMatchObject({ events: [] })
  read(room, 'ben', 5)
  expect(room.place.hidden.markedUnread.size).toBe(0)
  expect(markUnread(room, 'ben', 6)).toEqual({ refused: 'not_found' })
})

test('CHAT-16: a marker that moves takes the mark away', () => {
  const room = given('ana', 'ben').given(...sentMany(1, 2))
  markUnread(room, 'ben', 1)
  read(room, 'ben', 2)
  expect(room.place.hidden.markedUnread.size).toBe(0)
})

test('CHAT-17: typing ends by sending, by stopping and after 5 s, and rises once a second', () => {
  const room = given('ana', 'ben').given(muted('ben'))
  const type = (on: boolean, by = 'ana') => decideTyping(room.place, who(by), { on }, room.at)
  const shown = () => room.place.state.members.get('ana')?.typing
  expect(type(true, 'ben')).toEqual({ refused: 'muted' })
  type(true)
  expect(shown()).toBe(true)
  send(room, 'ana', 1)
  expect(shown()).toBe(false)
  type(true)
  expect(shown()).toBe(false)
  room.after(1_000)
  type(true)
  expect(shown()).toBe(true)
  room.after(limits.typingMs - 1)
  expect(endTyping(room.place, room.at)).toBe(false)
  type(true)
  room.after(limits.typingMs - 1)
  expect(endTyping(room.place, room.at)).toBe(false)
  room.after(1)
  expect(endTyping(room.place, room.at)).toBe(true)
  expect(shown()).toBe(false)
  expect(room.place.hidden.typing.size).toBe(0)
})

test('CHAT-17: the room looks again when a typing sign is due to fall', () => {
  const room = given('ana')
  const next = () => studyRules.nextDueAt(room.place, room.at)
  const before = next()
  decideTyping(room.place, who('ana'), { on: true }, room.at)
  expect(next()).toBe(room.now + limits.typingMs)
  room.after(limits.typingMs)
  expect(studyRules.due(room.place, room.at)).toMatchObject({ events: [] })
  expect(room.place.state.members.get('ana')?.typing).toBe(false)
  expect(next()).toBe(before)
})

const join = (room: Scenario, by: string) =>
  room.when((place, at) => decideJoin(place, { ...who(by), studiedMs: 0, dayEndsAt: 0 }, { passwordHash: null }, at))
const readThrough = (room: Scenario, userId: string) => room.place.state.members.get(userId)?.readThrough

test('CHAT-18: a newcomer has nothing unread; who comes back finds what he missed unread', () => {
  const room = given('ana').given(...sentMany(1, 5))
  expect(join(room, 'ben')).toMatchObject({ events: [{ type: 'member.joined', data: { readThrough: 5 } }] })
  expect(readThrough(room, 'ben')).toBe(5)
  room.given(left('ben'), ...sentMany(6, 9))
  expect(join(room, 'ben')).toMatchObject({ events: [{ data: expect.not.objectContaining({ readThrough: 9 }) }] })
  expect(readThrough(room, 'ben')).toBe(5)
})

test('CHAT-18: an entry that was logged without a read marker reads as before', () => {
  const room = given('ana').given(...sentMany(1, 5), joined('ben'))
  expect(readThrough(room, 'ben')).toBe(5)
})

test("CHAT-19: nobody's own message is unread to him, whatever he had marked; others' markers stay", () => {
  const room = given('ana', 'ben').given(...sentMany(1, 3))
  expect(readThrough(room, 'ana')).toBe(3)
  markUnread(room, 'ben', 2)
  send(room, 'ben', 1)
  expect(readThrough(room, 'ben')).toBe(4)
  expect(room.place.hidden.markedUnread.size).toBe(0)
  expect(readThrough(room, 'ana')).toBe(3)
  send(room, 'ben', 1)
  expect(readThrough(room, 'ben')).toBe(4)
  room.given(left('ben'))
  join(room, 'ben')
  expect(readThrough(room, 'ben')).toBe(4)
})
