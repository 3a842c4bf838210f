import type { InboxEntry } from '#schemas/api/inbox.ts'
import { inboxItem } from '#schemas/messages/inbox.ts'
import type { Db } from '../database.ts'
import type { InboxItemRow } from './inboxTables.ts'

/** Number of the user's newest item, 0 if there never was one. */
export async function inboxHead(db: Db, user: string): Promise<number> {
  const row = await db
    .selectFrom('inbox_item')
    .select('number')
    .where('user_id', '=', user)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.number ?? 0
}

export type InboxRange = { readonly after?: number | undefined; readonly before?: number | undefined }

/**
 * Items ascending, `limit` at most: the oldest above `after`, else the newest below `before`, else the newest. Items of a
 * kind that this version does not know are left out. `more`: there are others in the direction asked for.
 */
export async function readInbox(
  db: Db,
  user: string,
  { after, before }: InboxRange,
  limit: number,
): Promise<{ entries: InboxEntry[]; more: boolean }> {
  let query = db.selectFrom('inbox_item').selectAll().where('user_id', '=', user)
  if (after !== undefined) query = query.where('number', '>', after)
  else if (before !== undefined) query = query.where('number', '<', before)
  const rows = await query
    .orderBy('number', after === undefined ? 'desc' : 'asc')
    .limit(limit + 1)
    .execute()
  const more = rows.length > limit
  const page = rows.slice(0, limit)
  return { entries: (after === undefined ? page.reverse() : page).flatMap(entryOf), more }
}

function entryOf(row: InboxItemRow): InboxEntry[] {
  const item = inboxItem.safeParse(JSON.parse(row.body))
  return item.success ? [{ number: row.number, at: row.at, item: item.data }] : []
}
