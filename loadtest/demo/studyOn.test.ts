import { expect, test } from 'vitest'
import { addDays } from '#schemas/time/calendar.ts'
import { mergedWithin } from '#schemas/time/intervals.ts'
import { cast, PEOPLE } from './cast.ts'
import { studyOn } from './studyOn.ts'

test('RECORD-16: the demo’s people and their days are the same at every start, and no instant counts twice', () => {
  expect(new Set(cast.map(({ handle }) => handle)).size).toBe(PEOPLE)
  let studied = 0
  for (const player of cast.slice(0, 20))
    for (let i = 0; i < 60; i++) {
      const day = addDays('2026-03-01', i)
      const intervals = studyOn(player, day)
      expect(studyOn(player, day)).toEqual(intervals)
      expect(mergedWithin(intervals, 0, Number.POSITIVE_INFINITY)).toEqual(intervals)
      studied += intervals.length
    }
  expect(studied).toBeGreaterThan(1000)
})
