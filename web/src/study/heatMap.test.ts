import { expect, test } from 'vitest'
import { LEVELS, levelOf, mapStart, movedBy, WEEKS, weeksOf } from './heatMap.ts'

const TODAY = '2026-11-21'

test('WEB-60: the map holds 53 weeks from Monday on, up to today and no further', () => {
  const weeks = weeksOf(TODAY)
  expect(weeks).toHaveLength(WEEKS)
  expect([weeks[0]?.[0], weeks.at(-1)?.[0], weeks.at(-1)?.[5], weeks.at(-1)?.[6]]).toEqual([
    mapStart(TODAY),
    '2026-11-16',
    TODAY,
    null,
  ])
})

test('WEB-60: levels rise with the hours, and a minute is not nothing', () => {
  const hour = 3_600_000
  expect([0, 60_000, hour, 2 * hour, 4 * hour, 12 * hour].map(levelOf)).toEqual([0, 1, 2, 3, LEVELS, LEVELS])
})

test('WEB-61: arrows go by day and week, and never leave the map', () => {
  expect(movedBy('ArrowLeft', TODAY, TODAY)).toBe('2026-11-14')
  expect(movedBy('ArrowUp', '2026-11-16', TODAY)).toBe('2026-11-15')
  expect(movedBy('ArrowRight', TODAY, TODAY)).toBe(TODAY)
  expect(movedBy('ArrowLeft', mapStart(TODAY), TODAY)).toBe(mapStart(TODAY))
  expect([movedBy('Home', TODAY, TODAY), movedBy('End', mapStart(TODAY), TODAY)]).toEqual([mapStart(TODAY), TODAY])
  expect(movedBy('Tab', TODAY, TODAY)).toBeNull()
})
