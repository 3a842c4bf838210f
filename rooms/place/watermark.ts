import type { Event } from '#schemas/events/catalogue.ts'

/**
 * `storedThrough` of a place's conversation (§5.3): the number of the newest message whose event, and all before it, the
 * event log has confirmed. Event numbers and message numbers both rise, so it is enough to remember the pairs that are
 * not confirmed yet.
 */
export class Watermark {
  #pending: { seq: number; number: number; author: string | null }[] = []
  /** Message number, 0 if none is confirmed. */
  through: number

  constructor(through: number) {
    this.through = through
  }

  note(event: Event): void {
    if (event.type !== 'chat.sent') return
    this.#pending.push({ seq: event.seq, number: event.data.number, author: event.actor })
  }

  /** Everything up to event `seq` is confirmed; answers whose messages are so only now. */
  confirm(seq: number): ReadonlySet<string> {
    const authors = new Set<string>()
    let taken = 0
    for (const { seq: at, number, author } of this.#pending) {
      if (at > seq) break
      this.through = number
      if (author !== null) authors.add(author)
      taken++
    }
    if (taken > 0) this.#pending.splice(0, taken)
    return authors
  }
}
