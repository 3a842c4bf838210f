import type { Selectable } from 'kysely'
import type { PresenceChoice } from '#schemas/presence.ts'

/** What somebody chose to be taken for, and when he was last there. */
export interface PresenceTable {
  user_id: string
  choice: PresenceChoice
  last_seen_at: number | null
}

export interface PresenceTables {
  presence: PresenceTable
}

export type PresenceRow = Selectable<PresenceTable>
