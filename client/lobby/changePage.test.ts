import { expect, test } from 'vitest'
import type { RoomCard, RoomPage } from '#schemas/messages/lobby.ts'
import { changePage, readAgain } from './changePage.ts'

const card = (id: string, members = 1): RoomCard => ({
  id,
  kind: 'open',
  name: id,
  level: 'free',
  tags: [],
  ownerName: 'Ana',
  capacity: 10,
  members,
  studying: 0,
  faces: [],
  locked: false,
  hasPassword: false,
  notice: '',
  createdAt: 0,
  timer: null,
})

test('CLIENT-17: changes land in place: nothing moves, untouched cards stay the same objects', () => {
  const page: RoomPage = { rooms: [card('a'), card('b'), card('c')], next: null, total: 3 }
  const after = changePage(page, { changed: [card('c', 9), card('z')], ended: ['a'], total: 2 })
  expect(after.rooms.map((r) => [r.id, r.members])).toEqual([
    ['b', 1],
    ['c', 9],
  ])
  expect(after.rooms[0]).toBe(page.rooms[1])
  expect(after.total).toBe(2)
})

test('CLIENT-17: the page read again keeps its cards where they were; new rooms wait', () => {
  const page: RoomPage = { rooms: [card('a'), card('b')], next: null, total: 2 }
  const after = readAgain(page, { rooms: [card('new'), card('b', 5)], next: null, total: 2 })
  expect(after.rooms.map((r) => [r.id, r.members])).toEqual([['b', 5]])
  const more = readAgain(page, { rooms: [card('new'), card('b', 5)], next: 'c', total: 3 })
  expect(more.rooms.map((r) => r.id)).toEqual(['a', 'b'])
})
