import type { ArchivedMessage } from '#persistence/ports/archive.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'
import { type ChangeType, changed, firstSaid } from '#schemas/chat/changed.ts'
import { type Event, parseEvent } from '#schemas/events/catalogue.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'

const CHUNK = 250
const MOST_EVENTS = 2000
const changeTypes: ReadonlySet<string> = new Set<ChangeType>([
  'chat.edited',
  'chat.deleted',
  'chat.reacted',
  'chat.pinned',
])

type Change = Event<ChangeType>
const isChange = (event: Event): event is Change => changeTypes.has(event.type)

export type Tail = {
  /** Messages that were sent in the read part of the tail, as they are now, by number. */
  readonly sent: ReadonlyMap<number, ChatMessage>
  /** Changes in the read part of the tail to older messages, in order. */
  readonly changes: readonly Change[]
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
  return { ...replay(events), joined: joined || head === 0 }
}

function lowestSent(events: readonly Event[]): number | null {
  for (const event of events) if (event.type === 'chat.sent') return event.data.number
  return null
}

function replay(events: readonly Event[]): { sent: Map<number, ChatMessage>; changes: Change[] } {
  const sent = new Map<number, ChatMessage>()
  const changes: Change[] = []
  for (const event of events) {
    if (event.type === 'chat.sent') sent.set(event.data.number, firstSaid(event.data, event.at))
    else if (event.type === 'member.forgotten') {
      for (const message of sent.values())
        if (message.author === event.data.userId) sent.set(message.number, { ...message, authorName: '' })
    } else if (isChange(event)) {
      changes.push(event)
      const message = sent.get(event.data.number)
      if (message) sent.set(message.number, after(message, event))
    }
  }
  return { sent, changes }
}

/** The message after a change from the tail; the same one if the change is about another or already in it. */
export function after(message: ChatMessage, { at, ...event }: Change): ChatMessage {
  const { number, revision } = event.data
  return number === message.number && revision > message.revision ? changed(message, event, at) : message
}

export const fromArchive = ({ conversation: _, ...message }: ArchivedMessage): ChatMessage => ({
  ...message,
  mentions: [...message.mentions],
  reactions: message.reactions.map(({ emoji, users }) => ({ emoji, users: [...users] })),
})
