import type { InboxItem } from '#schemas/messages/inbox.ts'
import type { InboxStore } from '../../ports/inbox.ts'
import type { Db } from '../database.ts'
import { insertIfAbsent } from '../dialect.ts'
import { inboxHead } from './readInbox.ts'

/** Of one user's items; older ones make room. */
export const INBOX_KEPT = 300

/** See the port. Of several at once each gets a number of its own: the key decides. */
export async function putInboxItem(db: Db, user: string, item: InboxItem, at: number): Promise<number> {
  for (;;) {
    const number = (await inboxHead(db, user)) + 1
    if (!(await insertIfAbsent(db, 'inbox_item', { user_id: user, number, at, body: JSON.stringify(item) }))) continue
    if (number > INBOX_KEPT)
      await db
        .deleteFrom('inbox_item')
        .where('user_id', '=', user)
        .where('number', '<=', number - INBOX_KEPT)
        .execute()
    return number
  }
}

export const inboxStore = (db: Db): InboxStore => ({ put: (user, item, at) => putInboxItem(db, user, item, at) })
