import { type Day, dayOf } from './day.ts'

const KEPT = 2000
const recent = new Map<string, Day>()

/**
 * The same as `dayOf`, remembering the day found last for each zone and hour: days do not overlap, so it is right as long
 * as it holds the instant, and asking a zone's clock is dear.
 */
export function recentDayOf(now: number, timeZone: string, dayStartHour: number): Day {
  const key = `${timeZone} ${dayStartHour}`
  const last = recent.get(key)
  if (last && last.dayStartsAt <= now && now < last.dayEndsAt) return last
  const found = dayOf(now, timeZone, dayStartHour)
  if (recent.size >= KEPT) recent.clear()
  recent.set(key, found)
  return found
}
