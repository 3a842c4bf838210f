import { expect, test } from 'vitest'
import { liveDay } from './liveDay.ts'

const day = {
  day: '2026-01-05',
  dayStartsAt: 1_000,
  dayEndsAt: 9_000,
  totalMs: 500,
  intervals: [{ from: 2_000, to: 2_500 }],
}

test('WEB-47: what runs is in the day as it runs, and what is stored of it already does not count twice', () => {
  expect(liveDay(day, 0, 5_000)).toBe(day)
  expect(liveDay(day, 4_000, 5_000)).toMatchObject({ totalMs: 1_500 })
  expect(liveDay(day, 2_200, 5_000).intervals).toEqual([{ from: 2_000, to: 5_000 }])
})
test('WEB-47: beyond the day’s end nothing is added to it', () => {
  expect(liveDay(day, 8_000, 12_000).totalMs).toBe(1_500)
})
