import type { StudyToday } from '#schemas/api/study.ts'
import { lengthOf, mergedWithin } from '#schemas/time/intervals.ts'

/** The day with what runs right now in it (`since` 0: nothing): no minute counts twice, none beyond the day (I6). */
export function liveDay(day: StudyToday, since: number, now: number): StudyToday {
  if (since === 0) return day
  const intervals = mergedWithin([...day.intervals, { from: since, to: now }], day.dayStartsAt, day.dayEndsAt)
  return { ...day, intervals, totalMs: lengthOf(intervals) }
}
