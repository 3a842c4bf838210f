import type { InboxItem } from '#schemas/messages/inbox.ts'

/** What users were told, kept so that a lost hint loses nothing (I13). */
export interface InboxStore {
  /** Keeps an item as the user's newest and answers its number. Of the items of one user only the newest 300 stay. */
  put(user: string, item: InboxItem, at: number): Promise<number>
}
