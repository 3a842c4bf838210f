import type { Selectable } from 'kysely'
import type { PersonalJob } from '../../ports/personalJobs.ts'

export interface PersonalJobTable {
  id: string
  user_id: string
  kind: PersonalJob['kind']
  state: PersonalJob['state']
  /** `user kind` while it is waiting or running, else the id: unique, so a person has one of a kind under way. */
  slot: string
  worker: string
  /** Nobody else takes it before. */
  free_at: number
  attempts: number
  done: number
  total: number
  asked_at: number
  ended_at: number | null
  blob: string | null
  bytes: number
  kept_until: number
}
export type PersonalJobRow = Selectable<PersonalJobTable>
