import { expect, test } from 'vitest'
import { Clock } from './clock.ts'
import { HandTimers, promises } from './testing/handTimers.ts'

const AHEAD = 5_000_000

/** A server whose answers take these times (there, back), one after the other. */
function server(timers: HandTimers, travels: [there: number, back: number][]) {
  let asked = 0
  return {
    get asked() {
      return asked
    },
    ask: async () => {
      const [there, back] = travels[asked++ % travels.length] ?? [0, 0]
      await new Promise<void>((resolve) => void timers.after(there, resolve))
      const now = timers.mono() + AHEAD
      await new Promise<void>((resolve) => void timers.after(back, resolve))
      return { now }
    },
  }
}

test('CLIENT-20: of several answers the one that travelled fastest sets the clock', async () => {
  const timers = new HandTimers()
  const clock = new Clock(timers)
  const { ask } = server(timers, [
    [400, 20],
    [5, 5],
    [10, 300],
    [90, 10],
  ])
  void clock.follow(ask)
  await timers.advance(2_000)
  expect(clock.now()).toBe(timers.mono() + AHEAD)
  clock.close()
})

test('CLIENT-20: it is measured again each minute and never after close', async () => {
  const timers = new HandTimers()
  const clock = new Clock(timers)
  const there = server(timers, [[1, 1]])
  void clock.follow(there.ask)
  await timers.advance(30_000)
  expect(there.asked).toBe(4)
  await timers.advance(31_000)
  expect(there.asked).toBe(8)
  clock.close()
  await timers.advance(200_000)
  expect(there.asked).toBe(8)
  expect(timers.pending).toBe(0)
})

test('CLIENT-20: an answer of a connection that is gone does not count', async () => {
  const timers = new HandTimers()
  const clock = new Clock(timers)
  const before = clock.now() - timers.mono()
  void clock.follow(server(timers, [[500, 500]]).ask)
  await timers.advance(100)
  clock.pause()
  await timers.advance(5_000)
  await promises()
  expect(clock.now() - timers.mono()).toBe(before)
  clock.close()
})
