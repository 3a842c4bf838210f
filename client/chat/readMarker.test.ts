import { expect, test } from 'vitest'
import type { StudyLink } from '../connection/studyLink.ts'
import { HandTimers } from '../testing/handTimers.ts'
import { TimerGroup } from '../timers.ts'
import { ReadMarker } from './readMarker.ts'

function setUp() {
  const timers = new HandTimers()
  const told: number[] = []
  let room = 0
  const link = {
    request: async (_: string, { number }: { number: number }) => {
      told.push(number)
      room = Math.max(room, number)
      return { readThrough: room }
    },
  }
  const marker = new ReadMarker(new TimerGroup(timers), () => {})
  // A marker does nothing but ask.
  marker.attach(link as unknown as StudyLink)
  return { timers, told, marker }
}

test('WEB-41: who marked unread and reads again takes the mark away, though the marker does not move', async () => {
  const { timers, told, marker } = setUp()
  marker.want(7)
  await timers.advance(1_000)
  marker.mark(5)
  expect(marker.marked).toBe(5)
  await timers.advance(5_000)
  expect(told).toEqual([7])
  marker.want(7)
  await timers.advance(5_000)
  expect(marker.marked).toBeNull()
  expect(told).toEqual([7, 7])
})

test('WEB-41: the first look of a stay tells the room even what it knows: a mark of an earlier stay falls', async () => {
  const { timers, told, marker } = setUp()
  marker.confirmed(9)
  marker.want(9)
  marker.want(9)
  await timers.advance(5_000)
  expect(told).toEqual([9])
})

test('CLIENT-15 (I4): the marker only moves forward and is told at most once a second', async () => {
  const { timers, told, marker } = setUp()
  for (const number of [1, 2, 3, 2]) marker.want(number)
  expect(told).toEqual([1])
  await timers.advance(1_000)
  expect(told).toEqual([1, 3])
  expect(marker.through).toBe(3)
})
