import type { Locale } from '#schemas/limits.ts'
import { searchable } from '#schemas/searchable.ts'
import type { ProfileRow } from './profileTable.ts'

export type Profile = {
  readonly userId: string
  readonly name: string
  readonly handle: string
  readonly timeZone: string
  /** Hour at which the user's own day begins, 0-23. */
  readonly dayStartHour: number
  readonly locale: Locale
  readonly createdAt: number
}

/** Handles are one if they are one to the eye of a search: `Mina`, `mina` and full-width `ｍｉｎａ` are the same. */
export const handleKey = searchable

export const profileOf = (row: ProfileRow): Profile => ({
  userId: row.user_id,
  name: row.name,
  handle: row.handle,
  timeZone: row.time_zone,
  dayStartHour: row.day_start_hour,
  locale: row.locale,
  createdAt: row.created_at,
})
