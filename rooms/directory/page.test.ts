import { expect, test } from 'vitest'
import { type RoomCard, type RoomPage, roomQuery } from '#schemas/messages/lobby.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { writeCursor } from './cursor.ts'
import { entryOf, pageOf } from './page.ts'

const card = (id: string, facts: Partial<RoomCard> = {}): RoomCard => ({
  id,
  kind: 'open',
  name: id,
  level: 'free',
  tags: [],
  ownerName: 'Ana',
  capacity: 10,
  members: 0,
  studying: 0,
  faces: [],
  locked: false,
  hasPassword: false,
  notice: '',
  createdAt: 0,
  timer: null,
  ...facts,
})
const page = (cards: RoomCard[], query: object): RoomPage => {
  const found = pageOf(cards.map(entryOf), roomQuery.parse(query))
  if (isRefusal(found)) throw new Error(found.refused)
  return found
}
const ids = ({ rooms }: RoomPage) => rooms.map((r) => r.id)

test('DIRECTORY-1: search finds parts of names and tags, whatever their case and width', () => {
  const cards = [card('a', { name: 'Ｍaths 101' }), card('b', { tags: ['math'] }), card('c', { name: 'Art' })]
  expect(ids(page(cards, { q: 'MATH' })).sort()).toEqual(['a', 'b'])
  expect(page(cards, { q: 'math', limit: 1 }).total).toBe(2)
})

test('DIRECTORY-1: filters by level and by whether one could enter now', () => {
  const cards = [
    card('full', { members: 10 }),
    card('locked', { locked: true }),
    card('free'),
    card('school', { level: 'high' }),
  ]
  expect(ids(page(cards, { enterable: true, level: 'free' }))).toEqual(['free'])
  expect(ids(page(cards, { level: 'high' }))).toEqual(['school'])
})

test('DIRECTORY-2: newest, busiest and most free seats first', () => {
  const cards = [
    card('old', { createdAt: 1, members: 3, capacity: 4 }),
    card('new', { createdAt: 3, members: 1, capacity: 10 }),
    card('mid', { createdAt: 2, members: 3, capacity: 20 }),
  ]
  expect(ids(page(cards, { sort: 'newest' }))).toEqual(['new', 'mid', 'old'])
  expect(ids(page(cards, { sort: 'busiest' }))).toEqual(['mid', 'old', 'new'])
  expect(ids(page(cards, { sort: 'free' }))).toEqual(['mid', 'new', 'old'])
})

test('DIRECTORY-3: pages follow one another without gap or repetition, also when all keys are equal', () => {
  const cards = Array.from({ length: 25 }, (_, i) => card(`r${String(i).padStart(2, '0')}`, { createdAt: i % 3 }))
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const next = page(cards, { limit: 4, ...(cursor && { cursor }) })
    seen.push(...ids(next))
    cursor = next.next ?? undefined
  } while (cursor)
  expect(seen).toHaveLength(25)
  expect(new Set(seen).size).toBe(25)
})

test('DIRECTORY-3: a room that ended between two pages makes no hole', () => {
  const cards = ['a', 'b', 'c', 'd'].map((id, i) => card(id, { createdAt: 10 - i }))
  const first = page(cards, { limit: 2 })
  const rest = page(
    cards.filter((c) => c.id !== 'b'),
    { limit: 2, cursor: first.next },
  )
  expect(ids(rest)).toEqual(['c', 'd'])
})

test('DIRECTORY-4: garbage, and a cursor of another sort, are refused', () => {
  const other = writeCursor({ sort: 'free', keys: [1, 2], id: 'a' })
  const short = writeCursor({ sort: 'newest', keys: [], id: 'a' })
  for (const cursor of ['', '%%%', 'bnVsbA', Buffer.from('{"a":1}').toString('base64url'), other, short])
    expect(pageOf([], roomQuery.parse({ cursor }))).toMatchObject({ refused: 'invalid' })
})
