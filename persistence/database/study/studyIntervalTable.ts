import type { Selectable } from 'kysely'

/** Proof of presence (I6): `ended_at` only grows, so an interval needs no closing and a repeat changes nothing. */
export interface StudyIntervalTable {
  id: string
  user_id: string
  room_id: string
  started_at: number
  ended_at: number
}

export type StudyIntervalRow = Selectable<StudyIntervalTable>
