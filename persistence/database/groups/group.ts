import type { StudyGroupRow } from './groupTables.ts'

export type StudyGroup = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly image: string | null
  readonly capacity: number
  readonly openToRequests: boolean
  readonly leader: string
  readonly code: string
  readonly createdAt: number
  readonly dissolvedAt: number | null
}

export const groupOf = (row: StudyGroupRow): StudyGroup => ({
  id: row.id,
  name: row.name,
  description: row.description,
  image: row.image,
  capacity: row.capacity,
  openToRequests: row.open_to_requests === 1,
  leader: row.leader_id,
  code: row.code,
  createdAt: row.created_at,
  dissolvedAt: row.dissolved_at,
})
