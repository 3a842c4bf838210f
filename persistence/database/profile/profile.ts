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
  /** Reference of the image, null without one; a new image has a new reference. */
  readonly image: string | null
  readonly bio: string
  readonly url: string | null
  readonly status: Status | null
}

/** What somebody says of himself for a while; `until` null: until he takes it back. Readers compare `until` with their clock. */
export type Status = { readonly text: string; readonly until: number | null }

/** What a profile begins with. */
export type NewProfile = Omit<Profile, 'image' | 'bio' | 'url' | 'status'>

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
  image: row.image,
  bio: row.bio ?? '',
  url: row.url,
  status: row.status_text === null ? null : { text: row.status_text, until: row.status_until },
})
