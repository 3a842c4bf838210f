import { expect, test } from 'vitest'
import { Lifetime, type LifetimeDeps } from './lifetime.ts'
import { Seats } from './seats.ts'

test('TURN-10: what is overdue and held wakes the place when it may be tried again, not before', () => {
  const waits: number[] = []
  const loop = { dueHeldUntil: 0, poke: () => {} }
  const activation = { place: {}, clock: { now: () => 1000 }, loop, publisher: { stop() {} } }
  const deps = {
    activation,
    seats: new Seats(),
    rules: { fate: () => 'live', nextDueAt: () => 900 },
    timers: {
      monotonic: () => 0,
      after(ms: number) {
        waits.push(ms)
        return () => {}
      },
    },
  }
  // As much of what it needs as these turns use.
  const lifetime = new Lifetime(deps as unknown as LifetimeDeps<object>)
  lifetime.turned()
  loop.dueHeldUntil = 5000
  lifetime.turned()
  expect(waits).toEqual([-100, 4000])
})
