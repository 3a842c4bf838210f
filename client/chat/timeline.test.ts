import { expect, test } from 'vitest'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import { KEPT, Timeline, WIDEST_HOLE } from './timeline.ts'

const message = (number: number, revision = 0, text = `m${number}`): ChatMessage => ({
  number,
  author: 'ana',
  authorName: 'Ana',
  text,
  at: number,
  replyTo: null,
  mentions: [],
  revision,
  editedAt: null,
  deleted: false,
  pinned: false,
  reactions: [],
})
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => message(from + i))
const put = (timeline: Timeline, ...messages: ChatMessage[]) => messages.map((m) => timeline.put(m))

test('CLIENT-10: numbers missing between floor and head are holes', () => {
  const timeline = new Timeline()
  put(timeline, ...range(5, 7), message(10))
  timeline.reach(12, 10)
  expect(timeline.holes()).toEqual([
    { from: 8, to: 9 },
    { from: 11, to: 12 },
  ])
})

test('CLIENT-11: the newest revision wins, in whatever order it comes, also for messages that are loaded later', () => {
  const timeline = new Timeline()
  put(timeline, ...range(50, 60))
  timeline.reach(60, 50)
  expect(put(timeline, message(55, 2, 'new'), message(55, 1, 'old'))).toEqual([true, false])
  expect(timeline.get(55)?.text).toBe('new')
  expect(put(timeline, message(20, 7, 'amended before it was loaded'))).toEqual([false])
  timeline.extend(range(10, 49))
  expect(timeline.get(20)?.text).toBe('amended before it was loaded')
})

test('CLIENT-13: beyond the bound the oldest are let go when new ones come, and can be loaded again', () => {
  const timeline = new Timeline()
  put(timeline, message(1, 3, 'changed'))
  put(timeline, ...range(2, KEPT + 10))
  timeline.reach(KEPT + 10, KEPT)
  expect(timeline.floor).toBe(11)
  expect(timeline.hasOlder).toBe(true)
  timeline.extend(range(1, 10))
  expect(timeline.floor).toBe(1)
  expect(timeline.get(1)?.text).toBe('changed')
  put(timeline, message(KEPT + 11))
  timeline.reach(KEPT + 11, KEPT)
  expect(timeline.floor).toBe(2)
})

test('CLIENT-10: a hole too wide to fill starts the list again at the window', () => {
  const timeline = new Timeline()
  put(timeline, ...range(1, 10))
  timeline.reach(10, 1)
  const lowest = 12 + WIDEST_HOLE
  put(timeline, ...range(lowest, lowest + 99))
  timeline.reach(lowest + 99, lowest)
  expect(timeline.floor).toBe(lowest)
  expect(timeline.holes()).toEqual([])
  expect(timeline.hasOlder).toBe(true)
})
