import { addDays, weekStartOf } from '#schemas/time/calendar.ts'

/** 53 weeks: the year that ends with this week, and the rest of the week it began in. */
export const WEEKS = 53

const HOUR = 3_600_000
/** A day's level is the number of these that it reaches. */
const STEPS = [1, 1 * HOUR, 2 * HOUR, 4 * HOUR]
export const LEVELS = STEPS.length

export const levelOf = (totalMs: number): number => STEPS.filter((step) => totalMs >= step).length

/** The first day that the map shows: the Monday 52 weeks ago. */
export const mapStart = (today: string): string => addDays(weekStartOf(today), -7 * (WEEKS - 1))

/** Columns of seven days, Monday first, the newest last; null for days that are still to come. */
export function weeksOf(today: string): (string | null)[][] {
  const start = mapStart(today)
  return Array.from({ length: WEEKS }, (_, week) =>
    Array.from({ length: 7 }, (_, i) => {
      const day = addDays(start, week * 7 + i)
      return day <= today ? day : null
    }),
  )
}

/** Where an arrow key leads from a day; stays within the map. Null for other keys. */
export function movedBy(key: string, day: string, today: string): string | null {
  const steps: Record<string, number> = {
    ArrowUp: -1,
    ArrowDown: 1,
    ArrowLeft: -7,
    ArrowRight: 7,
    PageUp: -28,
    PageDown: 28,
  }
  const start = mapStart(today)
  if (key === 'Home') return start
  if (key === 'End') return today
  const step = steps[key]
  if (step === undefined) return null
  const to = addDays(day, step)
  return to < start ? start : to > today ? today : to
}
