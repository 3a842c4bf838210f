import { weekdayOf } from '#schemas/time/calendar.ts'
import { dayCalled } from '#schemas/time/day.ts'
import type { Interval } from '#schemas/time/intervals.ts'
import { type Player, SEED } from './cast.ts'
import { chance } from './chance.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** The start of a day that members have when they sign up. */
const DAY_START = 5

/** What a person of the demo studied on a day: ascending, apart from each other, always the same for the same day. */
export function studyOn({ index, diligence, stamina, timeZone }: Player, day: string): Interval[] {
  const next = chance(SEED, 'day', index, day)
  // Weekends are slower, and a few weeks of the year are holidays.
  const week = chance(SEED, 'week', index, day.slice(0, 7), Math.floor(Number(day.slice(8)) / 8))()
  const mood = diligence * (weekdayOf(day) > 4 ? 0.7 : 1) * (week < 0.07 ? 0.1 : 1)
  if (next() > mood) return []
  const { dayStartsAt, dayEndsAt } = dayCalled(day, timeZone, DAY_START)
  const intervals: Interval[] = []
  let left = stamina * HOUR * (0.4 + next() * 1.2)
  let at = dayStartsAt + (1 + next() * 8) * HOUR
  while (left > 5 * MINUTE && at < dayEndsAt - HOUR) {
    const length = Math.min(left, (25 + next() * 70) * MINUTE)
    const to = Math.floor(Math.min(at + length, dayEndsAt) / 1000) * 1000
    intervals.push({ from: Math.floor(at / 1000) * 1000, to })
    left -= length
    at = to + (5 + next() * (next() < 0.3 ? 200 : 25)) * MINUTE
  }
  return intervals
}
