/** How long a status stays. */
export const statusEnds = ['never', 'hour', 'four', 'today'] as const
export type StatusEnd = (typeof statusEnds)[number]

const HOUR = 3_600_000

/** When a status that is set at `now` ends; null: not by itself. */
export function endOf(end: StatusEnd, now: number): number | null {
  if (end === 'never') return null
  if (end === 'today') return new Date(now).setHours(24, 0, 0, 0)
  return now + (end === 'hour' ? HOUR : 4 * HOUR)
}
