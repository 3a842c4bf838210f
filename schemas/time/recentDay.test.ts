import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf } from './day.ts'
import { recentDayOf } from './recentDay.ts'

test('STORE-21: what is remembered of a day is the day', () => {
  const begin = Date.UTC(2026, 2, 28)
  // Close together, so that most answers are remembered ones, over a change of the clocks.
  const when = fc.integer({ min: begin, max: begin + 4 * 86_400_000 })
  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Seoul')
  fc.assert(
    fc.property(fc.array(fc.tuple(when, zone, fc.integer({ min: 1, max: 3 })), { minLength: 10 }), (asked) => {
      for (const question of asked) expect(recentDayOf(...question)).toEqual(dayOf(...question))
    }),
  )
  expect(() => recentDayOf(0, 'Mars/Olympus', 5)).toThrow(RangeError)
})
