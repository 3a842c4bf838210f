import type { Day } from '#schemas/time/day.ts'
import { recentDayOf } from '#schemas/time/recentDay.ts'

export type OwnDay = { readonly timeZone: string; readonly dayStartHour: number }

/** Taken for members whose zone is not known. */
export const DEFAULT_DAY: OwnDay = { timeZone: 'UTC', dayStartHour: 5 }

/** The member's own day that holds `t`. */
export function ownDayAt(day: OwnDay | undefined, t: number): Day {
  const { timeZone, dayStartHour } = day ?? DEFAULT_DAY
  try {
    return recentDayOf(t, timeZone, dayStartHour)
  } catch (error) {
    // A zone that only another node's runtime knows must not stop a room for everybody else.
    if (error instanceof RangeError) return recentDayOf(t, DEFAULT_DAY.timeZone, dayStartHour)
    throw error
  }
}
