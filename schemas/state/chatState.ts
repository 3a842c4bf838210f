import { type SchemaType, schema, t } from '@colyseus/schema'

/**
 * One slot of the chat window: a ring of `limits.chatWindow` slots, message `number` in slot number % 100, rewritten in
 * place (no list operations on the wire). `number` 0 is an empty slot; the list grows with the first messages, so slots above
 * the newest number may be missing. Mentions are user ids joined by a space, reactions are JSON `[[emoji, [userId…]]…]`:
 * read slots by `messageOf` (schemas/chat/messageOf.ts).
 */
export const ChatSlot = schema(
  {
    number: t.number().default(0),
    author: t.string().default(''),
    authorName: t.string().default(''),
    text: t.string().default(''),
    at: t.number().default(0),
    /** Number of the message this replies to, 0 if none; name and text of it are looked up by the reader. */
    replyTo: t.number().default(0),
    mentions: t.string().default(''),
    /** The conversation's revision of the last change, 0 if never changed. */
    revision: t.number().default(0),
    editedAt: t.number().default(0),
    deleted: t.boolean().default(false),
    pinned: t.boolean().default(false),
    reactions: t.string().default(''),
  },
  'ChatSlot',
)
export type ChatSlot = SchemaType<typeof ChatSlot>
