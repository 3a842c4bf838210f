import { type ChangeType, changed, firstSaid } from '#schemas/chat/changed.ts'
import type { Event } from '#schemas/events/catalogue.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'

/** The whole conversation as a plain list that never forgets: obviously right, and what storage would answer. */
export class Oracle {
  readonly messages: ChatMessage[] = []
  /** The number that each (author, outbox, n) got first. */
  readonly sent = new Map<string, number>()

  readonly older = (number: number): ChatMessage | null => this.messages[number - 1] ?? null

  note(event: Event): void {
    if (event.type === 'chat.sent') {
      const { author, outbox, n, number } = event.data
      const key = `${author} ${outbox} ${n}`
      if (!this.sent.has(key)) this.sent.set(key, number)
      this.messages.push(firstSaid(event.data, event.at))
    } else if (isChange(event)) {
      const index = event.data.number - 1
      const before = this.messages[index]
      if (before) this.messages[index] = changed(before, event, event.at)
    }
  }
}

const changes: ReadonlySet<string> = new Set<ChangeType>(['chat.edited', 'chat.deleted', 'chat.reacted', 'chat.pinned'])
const isChange = (event: Event): event is Event<ChangeType> => changes.has(event.type)
