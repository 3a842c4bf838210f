import type { Selectable } from 'kysely'
import type { Applied } from '../database.ts'

/** How far a user has read a conversation (I4). */
export interface ReadMarkerTable extends Applied {
  user_id: string
  conversation: string
  number: number
  /** Unread counts from this message until the marker moves again. */
  marked_unread_at: number | null
}

export type ReadMarkerRow = Selectable<ReadMarkerTable>
