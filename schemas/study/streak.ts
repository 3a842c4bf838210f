import { addDays, daysFrom } from '../time/calendar.ts'

/** A day counts for the streak from this much study on. */
export const STREAK_DAY_MS = 10 * 60_000
/** So many days of a streak earn one freeze. */
export const DAYS_PER_FREEZE = 7
/** A streak holds at most so many freezes. */
export const MOST_FREEZES = 2

export type Streak = {
  /** Days that count, without the frozen ones between them. */
  readonly length: number
  /** The longest there ever was, the present one among them. */
  readonly best: number
  /** Freezes at hand: the next days without study use them up. */
  readonly freezes: number
  /** Days that a freeze has saved, in the present streak, ascending. */
  readonly frozen: readonly string[]
  /** Whether today counts already. A today that does not count yet breaks nothing. */
  readonly today: boolean
}

/**
 * A streak goes on with every day that counts (10 minutes). Every seventh day of it earns a freeze, two at most are kept, and
 * a day without study uses one up instead of ending the streak. A streak that ends takes its freezes with it.
 * `lived` tells whether the member had such a day at all: who flies over the date line misses none.
 */
export function streakOf(
  days: ReadonlyMap<string, number>,
  today: string,
  lived: (day: string) => boolean = () => true,
): Streak {
  const counts = (day: string) => (days.get(day) ?? 0) >= STREAK_DAY_MS
  let length = 0
  let best = 0
  let freezes = 0
  let frozen: string[] = []
  const first = [...days.keys()].reduce((a, b) => (a < b ? a : b), today)
  for (let left = daysFrom(first, today); left >= 0; left--) {
    const day = addDays(today, -left)
    if (counts(day)) {
      length++
      best = Math.max(best, length)
      if (length % DAYS_PER_FREEZE === 0) freezes = Math.min(MOST_FREEZES, freezes + 1)
    } else if (day === today || length === 0 || !lived(day)) continue
    else if (freezes > 0) {
      freezes--
      frozen.push(day)
    } else {
      length = 0
      frozen = []
    }
  }
  return { length, best, freezes, frozen, today: counts(today) }
}
