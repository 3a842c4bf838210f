import type { Db } from '../database.ts'
import { upsert } from '../dialect.ts'
import { INBOX_KEPT } from './putInboxItem.ts'
import { inboxHead } from './readInbox.ts'

/** Arithmetic (I4): numbers are dense, and only the newest are kept. */
export const inboxUnread = (head: number, readThrough: number): number => Math.min(INBOX_KEPT, head - readThrough)

/** Through which number the user has looked, 0 if never. */
export async function inboxReadThrough(db: Db, user: string): Promise<number> {
  const row = await db.selectFrom('inbox_mark').select('read_through').where('user_id', '=', user).executeTakeFirst()
  return row?.read_through ?? 0
}

/** Moves the mark forward, never back and never beyond the newest item; answers where it is then. */
export async function markInboxRead(db: Db, user: string, through: number): Promise<number> {
  const row = { user_id: user, read_through: Math.min(through, await inboxHead(db, user)) }
  await upsert(db, 'inbox_mark', [row], { keys: ['user_id'], set: ['read_through'], newer: 'read_through' })
  return inboxReadThrough(db, user)
}
