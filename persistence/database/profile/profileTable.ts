import type { ColumnType, Selectable, Updateable } from 'kysely'
import type { Locale, UserRole } from '#schemas/limits.ts'

/** What others and the product know of a user; e-mail, password and sessions are the accounts library's. */
export interface ProfileTable {
  user_id: string
  name: string
  handle: string
  /** The handle as it is compared: unique. */
  handle_key: string
  time_zone: string
  day_start_hour: number
  locale: Locale
  created_at: number
  updated_at: number
  /** The name as searches compare it. */
  name_key: string | null
  /** Reference of the image in the blob store, null without one. */
  image: string | null
  bio: string | null
  url: string | null
  status_text: string | null
  /** When the status ends by itself, null if it does not. */
  status_until: number | null
  /** Null: a user like everybody. No insert names it, so nobody begins with more (A5). */
  role: ColumnType<UserRole | null, undefined, UserRole | null>
}

export type ProfileRow = Selectable<ProfileTable>
export type ProfileUpdate = Updateable<ProfileTable>
