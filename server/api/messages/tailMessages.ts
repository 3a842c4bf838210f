import type { ArchivedMessage } from '#persistence/ports/archive.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'
import { type Event, parseEvent } from '#schemas/events/catalogue.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'

const CHUNK = 250
const MOST_EVENTS = 2000

export type Tail = {
  /** Messages that were sent in the read part of the tail, as they are now, by number. */
  readonly sent: ReadonlyMap<number, ChatMessage>
  /** Changes in the read part of the tail to older messages, in order. */
  readonly changes: readonly Event[]
  /** Whether the read part reaches back to the archive's newest message: nothing lies between them unseen. */
  readonly joined: boolean
}

/**
 * What a conversation's committed events say beyond the archive. Reads the tail backwards until it meets the archive's
 * newest message, its own start, or 2,000 events.
 */
export async function tailMessages(
  ledger: Pick<Ledger, 'marks' | 'tail'>,
  key: string,
  archived: number,
): Promise<Tail> {
  const { head } = await ledger.marks(key)
  let events: Event[] = []
  let joined = false
  for (let below = head; !joined && below > 0 && head - below < MOST_EVENTS; below -= CHUNK) {
    const from = Math.max(0, below - CHUNK)
    const chunk = await ledger.tail(key, from, below - from)
    const parsed = chunk.flatMap((envelope) => {
      const result = parseEvent(envelope)
      return result.ok && envelope.seq <= below ? [result.event] : []
    })
    events = [...parsed, ...events]
    const lowest = lowestSent(parsed)
    joined = from === 0 || (lowest !== null && lowest <= archived + 1)
    if (chunk.length < below - from) break // what is older was cut: only archived or long confirmed events are
  }
  return { ...replay(events, key), joined: joined || head === 0 }
}

function lowestSent(events: readonly Event[]): number | null {
  for (const event of events) if (event.type === 'chat.sent') return event.data.number
  return null
}

function replay(events: readonly Event[], key: string): { sent: Map<number, ChatMessage>; changes: Event[] } {
  const sent = new Map<number, ChatMessage>()
  const changes: Event[] = []
  for (const event of events) {
    if (event.type === 'chat.sent') sent.set(event.data.number, messageOf(event))
    else if (event.type.startsWith('chat.') && event.key === key) {
      changes.push(event)
      for (const message of sent.values()) sent.set(message.number, changed(message, event))
    }
  }
  return { sent, changes }
}

const messageOf = ({ at, data }: Event<'chat.sent'>): ChatMessage => ({
  number: data.number,
  author: data.author,
  authorName: data.authorName,
  text: data.text,
  at,
  replyTo: data.replyTo,
  mentions: data.mentions,
  revision: 0,
  editedAt: null,
  deleted: false,
  pinned: false,
  reactions: [],
})

/** The message after an event; the same one if the event is not about it or not newer than it. */
export function changed(message: ChatMessage, event: Event): ChatMessage {
  switch (event.type) {
    case 'chat.edited':
      if (!newer(message, event.data)) return message
      return {
        ...message,
        text: event.data.text,
        mentions: event.data.mentions,
        editedAt: event.at,
        ...revisionOf(event.data),
      }
    case 'chat.deleted':
      if (!newer(message, event.data)) return message
      return {
        ...message,
        text: '',
        mentions: [],
        reactions: [],
        pinned: false,
        deleted: true,
        ...revisionOf(event.data),
      }
    case 'chat.reacted':
      if (!newer(message, event.data)) return message
      return { ...message, reactions: event.data.reactions, ...revisionOf(event.data) }
    case 'chat.pinned':
      if (!newer(message, event.data)) return message
      return { ...message, pinned: event.data.on, ...revisionOf(event.data) }
    default:
      return message
  }
}

type Change = { readonly number: number; readonly revision: number }
const newer = (message: ChatMessage, change: Change) =>
  change.number === message.number && change.revision > message.revision
const revisionOf = ({ revision }: Change) => ({ revision })

export const fromArchive = ({ conversation: _, ...message }: ArchivedMessage): ChatMessage => ({
  ...message,
  mentions: [...message.mentions],
  reactions: message.reactions.map(({ emoji, users }) => ({ emoji, users: [...users] })),
})
