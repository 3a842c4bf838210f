import type { Db } from '../database.ts'

/** How far a user has read: 0 if never. Unread counts from the marked message where one is marked. */
export type ReadMark = { readonly readThrough: number; readonly markedUnreadAt: number | null }

export const NOTHING_READ: ReadMark = { readThrough: 0, markedUnreadAt: null }

/** Unread is arithmetic (I4). */
export const unreadOf = (head: number, { readThrough, markedUnreadAt }: ReadMark): number =>
  Math.max(0, head - (markedUnreadAt === null ? readThrough : Math.min(readThrough, markedUnreadAt - 1)))

export async function readMarkOf(db: Db, user: string, conversation: string): Promise<ReadMark> {
  return (await readMarksOf(db, user, [conversation])).get(conversation) ?? NOTHING_READ
}

/** Conversations the user has read nothing of are left out; at most 1,000 at once. */
export async function readMarksOf(
  db: Db,
  user: string,
  conversations: readonly string[],
): Promise<ReadonlyMap<string, ReadMark>> {
  if (conversations.length === 0) return new Map()
  const rows = await db
    .selectFrom('read_marker')
    .select(['conversation', 'number', 'marked_unread_at'])
    .where('user_id', '=', user)
    .where('conversation', 'in', conversations)
    .execute()
  return new Map(rows.map((r) => [r.conversation, { readThrough: r.number, markedUnreadAt: r.marked_unread_at }]))
}
