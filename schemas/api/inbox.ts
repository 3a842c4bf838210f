import { z } from 'zod'
import { inboxItem } from '../messages/inbox.ts'

const position = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

/** Without `after` and `before`: the newest page. */
export const inboxQuery = z.object({
  /** Items above this number, the oldest of them first: what a client missed. */
  after: position.optional(),
  /** Items below this number, the newest of them. */
  before: position.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})
export const inboxEntry = z.object({
  /** Dense and rising, per user. */
  number: z.int(),
  at: z.int(),
  item: inboxItem,
})
export type InboxEntry = z.infer<typeof inboxEntry>

export const inboxPage = z.object({
  /** Ascending. */
  entries: z.array(inboxEntry),
  /** More in the direction that was asked for. */
  more: z.boolean(),
  /** Number of the newest item, 0 if there never was one. */
  head: z.int(),
  readThrough: z.int(),
  unread: z.int(),
})
export type InboxPage = z.infer<typeof inboxPage>

export const inboxRead = z.strictObject({ through: z.int().min(0).max(Number.MAX_SAFE_INTEGER) })
export const inboxReadAnswer = z.object({ readThrough: z.int(), unread: z.int() })
