/**
 * The member's own day (T5): it begins at his hour of his zone's clock, and days follow each other without gap or overlap,
 * whatever the clocks do. A day begins at the first instant at which the local clock shows its date and hour or later: where
 * that hour is skipped, at the jump; where it comes twice, the first time. All times are milliseconds.
 */
export type Day = {
  /** The calendar date on which the day begins, yyyy-mm-dd. */
  readonly day: string
  readonly dayStartsAt: number
  /** The next day's start: this instant is no longer in the day. */
  readonly dayEndsAt: number
}

/** The day that holds `now`. Throws RangeError for a zone this runtime does not know. */
export function dayOf(now: number, timeZone: string, dayStartHour: number): Day {
  const local = new Date(now + offsetAt(now, timeZone))
  const startOf = (shift: number) => firstInstant(civil(local, shift, dayStartHour), timeZone)
  // One day ahead of the local date, then back: clocks that are set back over midnight show yesterday's date again.
  let shift = 1
  while (startOf(shift) > now) shift--
  let next = shift + 1
  // Samoa had no 30 December 2011: an empty day is nobody's.
  while (startOf(next) <= now) next++
  return {
    day: new Date(civil(local, shift, 0)).toISOString().slice(0, 10),
    dayStartsAt: startOf(shift),
    dayEndsAt: startOf(next),
  }
}

/** The day of that name (yyyy-mm-dd) in a zone. Empty where the zone skipped it; throws RangeError for an unknown zone. */
export function dayCalled(day: string, timeZone: string, dayStartHour: number): Day {
  const date = new Date(`${day}T00:00:00Z`)
  const startOf = (shift: number) => firstInstant(civil(date, shift, dayStartHour), timeZone)
  return { day, dayStartsAt: startOf(0), dayEndsAt: startOf(1) }
}

const civil = (local: Date, days: number, hour: number): number =>
  Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() + days, hour)

// More than any zone was ever away from UTC.
const WIDEST = 16 * 3_600_000

/** First instant at which the zone's clock shows `wall` (written as if it were UTC) or later. */
function firstInstant(wall: number, timeZone: string): number {
  let before = wall - WIDEST
  let after = wall + WIDEST
  const old = offsetAt(before, timeZone)
  const young = offsetAt(after, timeZone)
  if (old === young) return wall - old
  // No zone changed its clock twice within 32 hours, so there is one change and halving finds it.
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (offsetAt(middle, timeZone) === old) before = middle
    else after = middle
  }
  return wall - old < after ? wall - old : Math.max(after, wall - young)
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en', {
      timeZone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formatters.set(timeZone, formatter)
  }
  return formatter
}

/** Local clock minus UTC at an instant, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const part = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 }
  for (const { type, value } of formatterOf(timeZone).formatToParts(at)) {
    if (type in part) part[type as keyof typeof part] = Number(value)
  }
  const wall = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second)
  return wall - Math.floor(at / 1000) * 1000
}
