import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lengthOf, mergedWithin } from './intervals.ts'

test('STORE-22: two devices at once count once', () => {
  const merged = mergedWithin([{ from: 10, to: 30 }, { from: 20, to: 40 }, { from: 40, to: 50 }, { from: 60, to: 60 }], 15, 45) // biome-ignore format: a table
  expect(merged).toEqual([{ from: 15, to: 45 }])
})

test('STORE-22: the merged length is the number of instants that any interval holds', () => {
  const interval = fc
    .record({ from: fc.nat(60), length: fc.nat(20) })
    .map((i) => ({ from: i.from, to: i.from + i.length }))
  fc.assert(
    fc.property(fc.array(interval), fc.nat(40), fc.nat(40), (intervals, from, length) => {
      const to = from + length
      let held = 0
      for (let t = from; t < to; t++) if (intervals.some((i) => i.from <= t && t < i.to)) held++
      expect(lengthOf(mergedWithin(intervals, from, to))).toBe(held)
    }),
  )
})
