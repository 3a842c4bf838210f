import { z } from 'zod'
import { limits } from '../limits.ts'
import { emoji, id, number, prose } from '../text.ts'

const done = z.object({})

/** A message as history and amendments carry it; the same fields as a ChatSlot, with real types. */
export const chatMessage = z.object({
  number,
  author: z.string(),
  authorName: z.string(),
  text: z.string(),
  at: z.int(),
  replyTo: number.nullable(),
  mentions: z.array(z.string()),
  revision: z.int(),
  editedAt: z.int().nullable(),
  deleted: z.boolean(),
  pinned: z.boolean(),
  reactions: z.array(z.object({ emoji: z.string(), users: z.array(z.string()) })),
})
export type ChatMessage = z.infer<typeof chatMessage>

/** C1-C5 in a place. `chat.send` is idempotent by (outbox, n): a repeat answers the first number (§5.3). */
export const chatMessages = {
  'chat.send': {
    payload: z.object({
      outbox: id,
      n: number,
      text: prose(1, limits.text),
      replyTo: number.optional(),
      mentions: z.array(id).max(limits.mentionsPerMessage).default([]),
    }),
    reply: z.object({ number, at: z.int() }),
  },
  /** Without `mentions` they stay as they are. */
  'chat.edit': {
    payload: z.object({
      number,
      text: prose(1, limits.text),
      mentions: z.array(id).max(limits.mentionsPerMessage).optional(),
    }),
    reply: z.object({ revision: z.int() }),
  },
  'chat.delete': { payload: z.object({ number }), reply: z.object({ revision: z.int() }) },
  'chat.react': { payload: z.object({ number, emoji, on: z.boolean() }), reply: z.object({ revision: z.int() }) },
  'chat.pin': { payload: z.object({ number, on: z.boolean() }), reply: z.object({ revision: z.int() }) },
  'chat.typing': { payload: z.object({ on: z.boolean() }), reply: done },
  'chat.read': { payload: z.object({ number }), reply: z.object({ readThrough: z.int() }) },
  /** At most one "marked unread at" (I4): unread counts from there until the marker moves again. */
  'chat.markUnread': { payload: z.object({ number }), reply: done },
  /** Changes above a revision to messages older than the window. `complete: false`: reload history instead. */
  'chat.amendments': {
    payload: z.object({ since: z.int().min(0) }),
    reply: z.object({ messages: z.array(chatMessage), revision: z.int(), complete: z.boolean() }),
  },
} as const
