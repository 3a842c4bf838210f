import type { ChatMessage } from '../messages/chat.ts'
import type { ChatSlot } from '../state/chatState.ts'

/** Fields of a slot without schema's machinery, so that live slots, decoded slots and plain objects all fit. */
export type SlotFields = Pick<
  ChatSlot,
  | 'number'
  | 'author'
  | 'authorName'
  | 'text'
  | 'at'
  | 'replyTo'
  | 'mentions'
  | 'revision'
  | 'editedAt'
  | 'deleted'
  | 'pinned'
  | 'reactions'
>

/** A window slot as a message; the slot must be in use (`number` > 0). The result shares nothing with the slot. */
export const messageOf = (slot: SlotFields): ChatMessage => ({
  number: slot.number,
  author: slot.author,
  authorName: slot.authorName,
  text: slot.text,
  at: slot.at,
  replyTo: slot.replyTo || null,
  mentions: slot.mentions === '' ? [] : slot.mentions.split(' '),
  revision: slot.revision,
  editedAt: slot.editedAt || null,
  deleted: slot.deleted,
  pinned: slot.pinned,
  reactions: reactionsOf(slot.reactions),
})

/** The reverse: what a slot holds for a message. */
export const slotOf = (message: ChatMessage): SlotFields => ({
  number: message.number,
  author: message.author,
  authorName: message.authorName,
  text: message.text,
  at: message.at,
  replyTo: message.replyTo ?? 0,
  mentions: message.mentions.join(' '),
  revision: message.revision,
  editedAt: message.editedAt ?? 0,
  deleted: message.deleted,
  pinned: message.pinned,
  reactions:
    message.reactions.length === 0 ? '' : JSON.stringify(message.reactions.map(({ emoji, users }) => [emoji, users])),
})

function reactionsOf(packed: string): ChatMessage['reactions'] {
  if (packed === '') return []
  return (JSON.parse(packed) as [string, string[]][]).map(([emoji, users]) => ({ emoji, users }))
}
