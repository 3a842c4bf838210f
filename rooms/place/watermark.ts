import type { Event } from '#schemas/events/catalogue.ts'

/**
 * `storedThrough` of a place's conversation (§5.3): the number of the newest message whose event, and all before it, the
 * event log has confirmed. Event numbers and message numbers both rise, so it is enough to remember the pairs that are
 * not confirmed yet.
 */
export class Watermark {
  #pending: { seq: number; number: number }[] = []
  /** Message number, 0 if none is confirmed. */
  through: number

  constructor(through: number) {
    this.through = through
  }

  note(event: Event): void {
    if (event.type === 'chat.sent') this.#pending.push({ seq: event.seq, number: event.data.number })
  }

  /** Everything up to event `seq` is confirmed. */
  confirm(seq: number): number {
    let taken = 0
    for (const p of this.#pending) {
      if (p.seq > seq) break
      this.through = p.number
      taken++
    }
    if (taken > 0) this.#pending.splice(0, taken)
    return this.through
  }
}
