import { expect, test } from 'vitest'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import { limits } from '#schemas/limits.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import { given, joined, left, moderator, muted, type Scenario, sent, sentMany, who } from '../testing/given.ts'
import { amendedSince } from './amended.ts'
import { decideDelete, decideEdit, decidePin, decideReact } from './change.rules.ts'
import { windowMessage } from './window.ts'

type Older = ChatMessage | null
const edit = (room: Scenario, by: string, number: number, text: string, mentions?: string[], older: Older = null) =>
  room.when((place, at) => decideEdit(place, who(by), { number, text, ...(mentions && { mentions }) }, at, older))
const remove = (room: Scenario, by: string, number: number, older: Older = null) =>
  room.when((place, at) => decideDelete(place, who(by), { number }, at, older))
const react = (room: Scenario, by: string, number: number, emoji: string, on = true, older: Older = null) =>
  room.when((place, at) => decideReact(place, who(by), { number, emoji, on }, at, older))
const pin = (room: Scenario, by: string, number: number, on = true, older: Older = null) =>
  room.when((place, at) => decidePin(place, who(by), { number, on }, at, older))
const message = (room: Scenario, number = 1) => windowMessage(room.place, number)

test('CHAT-8: the author edits; the event carries the wording before', () => {
  const room = given('ana', 'ben').given(sent(1, 'ana', 'old'))
  expect(edit(room, 'ben', 1, 'forged')).toEqual({ refused: 'forbidden' })
  expect(edit(room.after(5), 'ana', 1, 'new')).toMatchObject({
    events: [{ type: 'chat.edited', data: { number: 1, revision: 1, text: 'new', before: 'old' } }],
    reply: { revision: 1 },
    after: [],
  })
  expect(message(room)).toMatchObject({ text: 'new', editedAt: room.now, revision: 1 })
})

test('CHAT-8: mentions stay unless given anew, and only who is new is told', () => {
  const room = given('ana', 'ben').given(joined('cho'), left('cho'), joined('dee'), left('dee'), sent(1))
  edit(room, 'ana', 1, 'a', ['cho'])
  expect(edit(room, 'ana', 1, 'b')).toMatchObject({ events: [{ data: { mentions: ['cho'] } }], after: [] })
  expect(edit(room, 'ana', 1, 'b', ['cho', 'dee'])).toMatchObject({ after: [{ do: 'tell', userId: 'dee' }] })
})

test('CHAT-8: a muted member does not edit, but deletes his own', () => {
  const room = given('ana', 'ben').given(sent(1, 'ben'), muted('ben'))
  expect(edit(room, 'ben', 1, 'loud')).toEqual({ refused: 'muted' })
  expect(remove(room, 'ben', 1)).toMatchObject({ reply: { revision: 1 } })
})

test('CHAT-9: deleting takes all that was said and keeps number, author and time', () => {
  const room = given('ana', 'ben').given(sent(1, 'ben', 'secret'))
  react(room, 'ana', 1, '👍')
  pin(room, 'ana', 1)
  remove(room, 'ben', 1)
  expect(message(room)).toMatchObject({
    number: 1,
    author: 'ben',
    text: '',
    deleted: true,
    pinned: false,
    reactions: [],
  })
  expect(room.place.state.pins.toJSON()).toEqual([])
  expect(remove(room, 'ben', 1)).toMatchObject({ events: [] })
  expect(edit(room, 'ben', 1, 'again')).toEqual({ refused: 'gone' })
  expect(react(room, 'ana', 1, '👍')).toEqual({ refused: 'gone' })
  expect(pin(room, 'ana', 1)).toEqual({ refused: 'gone' })
})

test('CHAT-9: owner and moderators delete anybody’s, others only their own', () => {
  const room = given('ana', 'ben', 'cho').given(moderator('ben'), sent(1, 'cho'), sent(2, 'cho'), sent(3, 'ana'))
  expect(remove(room, 'cho', 3)).toEqual({ refused: 'forbidden' })
  expect(remove(room, 'ben', 1)).toMatchObject({ events: [{ data: { number: 1, by: 'ben' } }] })
  expect(remove(room, 'ana', 2)).toMatchObject({ events: [{ data: { number: 2, by: 'ana' } }] })
})

test('CHAT-10: one reaction per member and emoji; setting it twice is setting it once', () => {
  const room = given('ana', 'ben').given(sent(1))
  react(room, 'ana', 1, '👍')
  react(room, 'ben', 1, '👍')
  expect(react(room, 'ben', 1, '👍')).toMatchObject({ events: [] })
  react(room, 'ben', 1, '🎉')
  react(room, 'ana', 1, '👍', false)
  expect(message(room)?.reactions).toEqual([
    { emoji: '👍', users: ['ben'] },
    { emoji: '🎉', users: ['ben'] },
  ])
  react(room, 'ben', 1, '👍', false)
  expect(message(room)?.reactions).toEqual([{ emoji: '🎉', users: ['ben'] }])
})

test('CHAT-10: emojis of a message and users of an emoji are limited', () => {
  const many = (count: number, name: string) => Array.from({ length: count }, (_, i) => `${name}${i}`)
  const reacted = (reactions: ChatMessage['reactions']): NewEvent => ({
    type: 'chat.reacted',
    data: { number: 1, revision: 1, reactions },
  })
  const emojis = many(limits.reactionsPerMessage, 'e').map((emoji) => ({ emoji, users: ['ben'] }))
  const room = given('ana', 'ben').given(sent(1), reacted(emojis))
  expect(react(room, 'ana', 1, '👍')).toEqual({ refused: 'full' })
  expect(react(room, 'ana', 1, 'e0')).toMatchObject({ reply: { revision: 2 } })
  room.given(reacted([{ emoji: '👍', users: many(limits.usersPerReaction, 'u') }]))
  expect(react(room, 'ana', 1, '👍')).toEqual({ refused: 'full' })
})

test('CHAT-11: owner and moderators pin, up to the limit, in order', () => {
  const room = given('ana', 'ben', 'cho').given(moderator('ben'), ...sentMany(1, limits.pins + 1))
  expect(pin(room, 'cho', 1)).toEqual({ refused: 'forbidden' })
  for (let number = limits.pins; number >= 1; number--) pin(room, 'ben', number)
  expect(room.place.state.pins.toJSON().slice(0, 2)).toEqual([50, 49])
  expect(pin(room, 'ana', limits.pins + 1)).toEqual({ refused: 'full' })
  pin(room, 'ana', 50, false)
  expect(message(room, 50)?.pinned).toBe(false)
  expect(room.place.state.pins[0]).toBe(49)
})

test('CHAT-12: a change that changes nothing raises no revision', () => {
  const room = given('ana').given(sent(1, 'ana', 'same'))
  expect(edit(room, 'ana', 1, 'same')).toMatchObject({ events: [], reply: { revision: 0 } })
  expect(pin(room, 'ana', 1, false)).toMatchObject({ events: [] })
  react(room, 'ana', 1, '👍')
  pin(room, 'ana', 1)
  expect(room.place.state.chatRevision).toBe(2)
  expect(message(room)?.revision).toBe(2)
})

test('CHAT-13: a change outside the window is pushed whole and remembered', () => {
  const room = given('ana').given(sent(1, 'ana', 'old'))
  const older = message(room)
  room.given(...sentMany(2, 101))
  expect(edit(room, 'ana', 1, 'new', undefined, older)).toMatchObject({
    after: [
      { do: 'push', type: 'chat.amended', body: { revision: 1, messages: [{ number: 1, text: 'new', revision: 1 }] } },
    ],
  })
  expect(message(room, 101)?.text).toBe('message 101')
  expect(amendedSince(room.place, 0)).toEqual(new Map([[1, 1]]))
  expect(amendedSince(room.place, 1)).toEqual(new Map())
})

test('CHAT-13: a message changed in the window is remembered when it leaves it', () => {
  const room = given('ana').given(sent(1))
  react(room, 'ana', 1, '👍')
  expect(amendedSince(room.place, 0)).toEqual(new Map())
  room.given(...sentMany(2, 101))
  expect(amendedSince(room.place, 0)).toEqual(new Map([[1, 1]]))
})

test('CHAT-13: who missed more than is remembered is told so', () => {
  const room = given('ana')
  for (let number = 1; number <= 301; number++) {
    room.given(sent(number))
    react(room, 'ana', number, '👍')
  }
  expect(room.place.hidden.amended.size).toBe(200)
  expect(amendedSince(room.place, 0)).toBeNull()
  expect(room.place.hidden.amendedLost).toBe(1)
  expect(amendedSince(room.place, 1)?.size).toBe(200)
})

test('CHAT-14: what was read from storage must not be behind what was committed since', () => {
  const room = given('ana').given(sent(1))
  const older = message(room)
  room.given(...sentMany(2, 101))
  expect(react(room, 'ana', 1, '👍')).toEqual({ refused: 'conflict' })
  expect(react(room, 'ana', 1, '👍', true, older)).toMatchObject({ reply: { revision: 1 } })
  expect(react(room, 'ana', 1, '🎉', true, older)).toEqual({ refused: 'conflict' })
  expect(react(room, 'ana', 102, '🎉')).toEqual({ refused: 'not_found' })
})
