import { expect, test } from 'vitest'
import { isRefusal } from '#schemas/refusals.ts'
import { restore, snapshotOf } from '../snapshot.ts'
import { given, joined, roomCreated, Scenario } from '../testing/given.ts'
import { decideForget } from './forget.ts'

const forgetting = (room: Scenario, userId: string) => {
  const outcome = room.when((place, at) => decideForget(place, userId, at))
  if (isRefusal(outcome)) throw new Error(outcome.refused)
  return outcome.events.map((event) => event.type)
}
const said = (number: number, author: string, authorName: string) => ({
  type: 'chat.sent' as const,
  data: { number, outbox: 'box', n: number, author, authorName, text: `text ${number}`, replyTo: null, mentions: [] },
})

test('MEMBER-10: a deleted account leaves, and neither state nor snapshot names it; what was said stays', () => {
  const room = new Scenario().given(roomCreated({ ownerName: 'Ana Secret' }), joined('ana'), joined('bo'))
  room.given(
    { type: 'room.noticed', data: { text: 'quiet', by: 'ana', byName: 'Ana Secret' } },
    said(1, 'ana', 'Ana Secret'),
    said(2, 'bo', 'bo'),
    { type: 'member.warned', data: { userId: 'ana', name: 'Ana Secret', count: 1, reason: '', by: 'bo' } },
    { type: 'member.muted', data: { userId: 'ana', on: true } },
    { type: 'member.barred', data: { userId: 'ana', kinds: ['camera'], by: 'bo' } },
  )
  expect(forgetting(room, 'ana')).toContain('member.left')
  expect(room.place.state.members.has('ana')).toBe(false)
  expect(room.place.state.chat.map((slot) => [slot.text, slot.authorName]).filter(([text]) => text)).toEqual([
    ['text 1', ''],
    ['text 2', 'bo'],
  ])
  const body = snapshotOf(room.place)
  expect(body).not.toContain('Ana Secret')
  expect(room.place.hidden.barred.size).toBe(0)
  expect(snapshotOf(restore(body))).toBe(body)
})

test('MEMBER-10: where nothing is known of somebody nothing happens, also the second time', () => {
  const room = given('ana', 'bo')
  expect(forgetting(room, 'zed')).toEqual([])
  expect(forgetting(room, 'bo')).toContain('member.forgotten')
  expect(forgetting(room, 'bo')).toEqual([])
  expect(room.place.state.members.has('ana')).toBe(true)
})
