import type { Event, NewEvent } from '../events/catalogue.ts'
import type { ChatMessage } from '../messages/chat.ts'

export type ChangeType = 'chat.edited' | 'chat.deleted' | 'chat.reacted' | 'chat.pinned'

/**
 * A message after a change to it; the one meaning of these events for rooms, archive and clients. A deleted message keeps
 * its number, author and time and loses everything that was said with it. `at` is the event's time in milliseconds.
 */
export function changed(message: ChatMessage, event: NewEvent<ChangeType>, at: number): ChatMessage {
  const revision = event.data.revision
  switch (event.type) {
    case 'chat.edited':
      return { ...message, revision, text: event.data.text, mentions: event.data.mentions, editedAt: at }
    case 'chat.deleted':
      return { ...message, revision, text: '', mentions: [], reactions: [], pinned: false, deleted: true }
    case 'chat.reacted':
      return { ...message, revision, reactions: event.data.reactions }
    case 'chat.pinned':
      return { ...message, revision, pinned: event.data.on }
    default:
      return event satisfies never
  }
}

/** What nobody has changed, marked or reacted to. */
export const untouched = (): Pick<ChatMessage, 'revision' | 'editedAt' | 'deleted' | 'pinned' | 'reactions'> => ({
  revision: 0,
  editedAt: null,
  deleted: false,
  pinned: false,
  reactions: [],
})

/** A message as it was first said. */
export const firstSaid = (data: Event<'chat.sent'>['data'], at: number): ChatMessage => ({
  number: data.number,
  author: data.author,
  authorName: data.authorName,
  text: data.text,
  at,
  replyTo: data.replyTo,
  mentions: data.mentions,
  ...untouched(),
})
