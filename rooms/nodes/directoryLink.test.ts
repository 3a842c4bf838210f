import { beforeEach, expect, test } from 'vitest'
import { Directory } from '#rooms/directory/directory.ts'
import { type HandTimers, handTimers } from '#rooms/testing/handTimers.ts'
import { linkBus } from '#rooms/testing/linkBus.ts'
import { type RoomCard, roomQuery } from '#schemas/messages/lobby.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { linkDirectory } from './directoryLink.ts'

const card = (id: string, more: Partial<RoomCard> = {}): RoomCard => ({
  ...{ id, kind: 'staying', name: id, level: 'university', tags: [], ownerName: 'Ana', capacity: 10, members: 1 },
  ...{ studying: 0, faces: [], locked: false, hasPassword: false, notice: '', createdAt: 1, timer: null },
  ...more,
})

let timers: HandTimers
let bus: ReturnType<typeof linkBus>
beforeEach(() => {
  timers = handTimers()
  bus = linkBus()
})

function joins(node: string, online = 0) {
  const directory = new Directory(timers)
  const stop = linkDirectory(directory, bus.join(node), () => online, timers)
  const put = (one: RoomCard) => directory.put(one.id, () => one)
  const names = () => {
    const page = directory.list(roomQuery.parse({}))
    return isRefusal(page) ? [] : page.rooms.map(({ name }) => name).toSorted()
  }
  return { directory, stop, put, names }
}

test('NODE-4: all live rooms are shown to the others every 2 s: who comes late, or missed a change, has them too', () => {
  const a = joins('a')
  a.put(card('one'))
  timers.pass(10_000)
  const b = joins('b')
  expect(b.names()).toEqual([])
  timers.pass(2_000)
  expect(b.names()).toEqual(['one'])
  expect(b.directory.farNodeOf('one')).toBe('a')
  // What b missed is mended by the next whole.
  b.directory.showFar('a', [card('one', { name: 'as it was' }), card('ended long ago')], 0)
  timers.pass(2_000)
  expect(b.names()).toEqual(['one'])
})

test('NODE-4: what has changed reaches the others, and their viewers, within a second each', () => {
  const [a, b] = [joins('a'), joins('b')]
  a.put(card('one'))
  timers.pass(2_000)
  const seen: string[][] = []
  b.directory.watch(({ changed, ended }) => seen.push([...[...changed.values()].map((c) => c.notice), ...ended]))
  const whole = bus.join('deaf')
  whole.hear('directory', () => seen.push(['the whole']))
  a.put(card('one', { notice: 'exam week' }))
  timers.pass(1_000)
  expect(b.directory.card('one')?.notice).toBe('exam week')
  timers.pass(1_000)
  a.directory.remove('one')
  timers.pass(2_000)
  expect(seen.filter(([what]) => what !== 'the whole')).toEqual([['exam week'], ['one']])
  expect(b.names()).toEqual([])
})

test('NODE-4: a node that has been silent for 6 s is left out; one that ends is at once', () => {
  const [a, b, c] = [joins('a', 3), joins('b'), joins('c', 4)]
  a.put(card('of a'))
  c.put(card('of c'))
  timers.pass(3_000)
  expect(b.names()).toEqual(['of a', 'of c'])
  expect(b.directory.onlineFar()).toBe(7)
  c.stop()
  expect(b.names()).toEqual(['of a'])
  bus.cut('a')
  timers.pass(4_000)
  expect(b.names()).toEqual(['of a'])
  timers.pass(4_000)
  expect(b.names()).toEqual([])
  expect(b.directory.onlineFar()).toBe(0)
})

test('NODE-5: of a room of its own a node believes nobody else', () => {
  const [a, b] = [joins('a'), joins('b')]
  a.put(card('one', { name: 'as its owner shows it' }))
  b.put(card('one', { name: 'as a node shows it that has lost it' }))
  timers.pass(4_000)
  expect(a.names()).toEqual(['as its owner shows it'])
  expect(a.directory.farNodeOf('one')).toBeNull()
  b.directory.remove('one')
  timers.pass(4_000)
  expect(a.names()).toEqual(['as its owner shows it'])
  expect(b.directory.farNodeOf('one')).toBe('a')
})

test('NODE-5: a room that moves is shown once, and everybody hears where it is now', () => {
  const [a, b, c] = [joins('a'), joins('b'), joins('c')]
  const moving = card('one')
  a.put(moving)
  timers.pass(2_000)
  expect(c.directory.farNodeOf('one')).toBe('a')
  a.directory.remove('one')
  b.put(moving)
  timers.pass(1_000)
  expect(c.directory.farNodeOf('one')).toBe('b')
  timers.pass(4_000)
  for (const { directory } of [a, c]) expect(directory.farNodeOf('one')).toBe('b')
  for (const { names } of [a, b, c]) expect(names()).toEqual(['one'])
  expect(a.directory.own()).toEqual([])
})

test('NODE-5: a room that comes looking as it did before is told of without waiting for the next whole', () => {
  const [a, b, c] = [joins('a'), joins('b'), joins('c')]
  a.put(card('one'))
  timers.pass(4_000)
  bus.cut('a')
  b.put(card('one'))
  timers.pass(1_000)
  expect(c.directory.farNodeOf('one')).toBe('b')
})

test('NODE-6: counts are over all nodes, a node’s own are its own', () => {
  const [a, b] = [joins('a', 2), joins('b', 5)]
  a.put(card('one', { members: 2, studying: 1 }))
  b.put(card('two', { members: 3, studying: 2 }))
  b.put(card('of a group', { members: 4, group: 'g' }))
  timers.pass(4_000)
  expect(a.directory.counts()).toEqual({ rooms: 2, members: 5, studying: 3 })
  expect(a.directory.onlineFar()).toBe(5)
  expect(a.directory.ownCounts()).toEqual({ rooms: 1, members: 2 })
  expect(b.directory.ownCounts()).toEqual({ rooms: 2, members: 7 })
})
