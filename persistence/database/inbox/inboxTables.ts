import type { Selectable } from 'kysely'

/** What a user was told, by rising number. */
export interface InboxItemTable {
  user_id: string
  number: number
  at: number
  /** The item as JSON. */
  body: string
}

/** Through which number he has looked. */
export interface InboxMarkTable {
  user_id: string
  read_through: number
}

export interface InboxTables {
  inbox_item: InboxItemTable
  inbox_mark: InboxMarkTable
}

export type InboxItemRow = Selectable<InboxItemTable>
