import { expect, test } from 'vitest'
import { addDays } from '../time/calendar.ts'
import { STREAK_DAY_MS, streakOf } from './streak.ts'

const FIRST = '2026-01-01'
/** One letter a day from 1 January on: `x` studied, `.` not. */
const days = (line: string) =>
  new Map([...line].flatMap((c, i) => (c === 'x' ? [[addDays(FIRST, i), STREAK_DAY_MS] as const] : [])))
const after = (line: string) => streakOf(days(line), addDays(FIRST, line.length - 1))

test('RECORD-8: days in a row make a streak; a today without study yet breaks nothing', () => {
  expect(after('')).toMatchObject({ length: 0, best: 0, today: false })
  expect(after('xxx')).toMatchObject({ length: 3, best: 3, today: true })
  expect(after('xxx.')).toMatchObject({ length: 3, today: false })
  expect(after('xxx..')).toMatchObject({ length: 0, best: 3 })
  expect(after('xxx.x')).toMatchObject({ length: 1, best: 3 })
})

test('RECORD-8: less than ten minutes is no day of a streak', () => {
  expect(streakOf(new Map([[FIRST, STREAK_DAY_MS - 1]]), FIRST).length).toBe(0)
})

test('RECORD-9: seven days earn a freeze, two are the most, and a day without study uses one up', () => {
  expect(after('xxxxxxx')).toMatchObject({ length: 7, freezes: 1, frozen: [] })
  expect(after('xxxxxxx.x')).toMatchObject({ length: 8, freezes: 0, frozen: ['2026-01-08'] })
  expect(after('xxxxxxx..x')).toMatchObject({ length: 1, best: 7, freezes: 0, frozen: [] })
  expect(after('x'.repeat(40))).toMatchObject({ length: 40, freezes: 2 })
  expect(after(`${'x'.repeat(40)}..x`)).toMatchObject({ length: 41, freezes: 0 })
  expect(after(`${'x'.repeat(40)}...x`)).toMatchObject({ length: 1, best: 40 })
})

test('RECORD-9: a date that a traveller never had is not missed', () => {
  const line = 'xxx.xxx'
  expect(streakOf(days(line), '2026-01-07', (day) => day !== '2026-01-04')).toMatchObject({ length: 6, freezes: 0 })
})
