// Names of days, yyyy-mm-dd: what a calendar says, without zone or clock.

const DAY_MS = 86_400_000

const utcOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** Whether the text names a day there is: 2026-02-30 is none. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = utcOf(text)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

export const addDays = (day: string, days: number): string =>
  new Date(utcOf(day) + days * DAY_MS).toISOString().slice(0, 10)

/** Days from `from` to `to`; negative if `to` comes before. */
export const daysFrom = (from: string, to: string): number => Math.round((utcOf(to) - utcOf(from)) / DAY_MS)

/** 0 is Monday, 6 Sunday. */
export const weekdayOf = (day: string): number => (new Date(utcOf(day)).getUTCDay() + 6) % 7

/** The Monday of the day's week. */
export const weekStartOf = (day: string): string => addDays(day, -weekdayOf(day))

export const monthStartOf = (day: string): string => `${day.slice(0, 7)}-01`

export function monthEndOf(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}
