import { expect, test } from 'vitest'
import { addDays, daysFrom, isDay, monthEndOf, weekStartOf } from './calendar.ts'

test('RECORD-3: names of days follow the calendar: leap years, ends of months, weeks from Monday', () => {
  expect([addDays('2028-02-28', 1), addDays('2026-01-01', -1)]).toEqual(['2028-02-29', '2025-12-31'])
  expect(daysFrom('2025-12-31', '2026-03-01')).toBe(60)
  expect(['2026-11-16', '2026-11-21', '2026-11-22', '2026-11-23'].map(weekStartOf)).toEqual([
    '2026-11-16',
    '2026-11-16',
    '2026-11-16',
    '2026-11-23',
  ])
  expect([monthEndOf('2028-02-03'), monthEndOf('2026-12-31')]).toEqual(['2028-02-29', '2026-12-31'])
})

test('RECORD-3: what is no day is told', () => {
  expect(['2026-02-29', '2026-13-01', '2026-1-1', 'x', '2026-01-01T00', '2026-00-10'].map(isDay)).not.toContain(true)
  expect(isDay('2028-02-29')).toBe(true)
})
