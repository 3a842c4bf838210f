import { type Day, dayCalled, dayOf } from './day.ts'
import type { Interval } from './intervals.ts'

/** A member's zone and first hour since an instant. */
export type ZoneSince = { readonly since: number; readonly timeZone: string; readonly dayStartHour: number }

/**
 * The zones a member has lived in, ascending by `since`; at least one. The first holds from ever, each other from its instant
 * on. So every instant belongs to one day, and what was studied stays on the day of the zone it was studied in.
 */
export type Zones = readonly [ZoneSince, ...ZoneSince[]]

export function zoneAt(zones: Zones, at: number): ZoneSince {
  return zones.findLast((zone) => zone.since <= at) ?? zones[0]
}

/** Until when the zone that holds at `at` holds. */
const zoneEndsAt = (zones: Zones, at: number): number =>
  zones.slice(1).find((zone) => zone.since > at)?.since ?? Number.POSITIVE_INFINITY

/** The day's name at an instant, and the instant until which it surely goes on: its end, or the next change of zone. */
export function dayAt(zones: Zones, at: number): Day {
  const { timeZone, dayStartHour } = zoneAt(zones, at)
  const day = dayOf(at, timeZone, dayStartHour)
  return { ...day, dayEndsAt: Math.min(day.dayEndsAt, zoneEndsAt(zones, at)) }
}

/**
 * What a day is made of, ascending: one stretch; after a journey perhaps several or none, for a date may come twice on the way
 * west and not at all on the way east.
 */
export function spansOf(zones: Zones, day: string): Interval[] {
  const spans: { from: number; to: number }[] = []
  zones.forEach(({ since, timeZone, dayStartHour }, i) => {
    const { dayStartsAt, dayEndsAt } = dayCalled(day, timeZone, dayStartHour)
    const from = i === 0 ? dayStartsAt : Math.max(since, dayStartsAt)
    const to = Math.min(zones[i + 1]?.since ?? Number.POSITIVE_INFINITY, dayEndsAt)
    if (from >= to) return
    const last = spans.at(-1)
    if (last?.to === from) last.to = to
    else spans.push({ from, to })
  })
  return spans
}

/** The whole of a day by the zone it ended in, also where it began in another. Empty if there never was such a day. */
export function frameOf(zones: Zones, day: string): Interval {
  const last = spansOf(zones, day).at(-1)
  if (!last) return { from: 0, to: 0 }
  const { timeZone, dayStartHour } = zoneAt(zones, last.to - 1)
  return { from: dayCalled(day, timeZone, dayStartHour).dayStartsAt, to: last.to }
}

/** Milliseconds of merged, ascending intervals on each day, by the day's name; days without any are left out. */
export function perDay(zones: Zones, intervals: Iterable<Interval>): Map<string, number> {
  const days = new Map<string, number>()
  let day: Day | null = null
  for (const { from, to } of intervals) {
    for (let at = from; at < to; ) {
      // Most intervals fall on the day of the one before: working out a day costs a dozen calls of Intl.
      if (!day || at >= day.dayEndsAt) day = dayAt(zones, at)
      const until = Math.min(day.dayEndsAt, to)
      days.set(day.day, (days.get(day.day) ?? 0) + until - at)
      at = until
    }
  }
  return days
}

/** The names of the days that an interval touches. An empty interval touches none. */
export const daysOf = (zones: Zones, interval: Interval): string[] => [...perDay(zones, [interval]).keys()]
