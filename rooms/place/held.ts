import type { Draft } from '#schemas/events/envelope.ts'

/**
 * The events an owner keeps in memory because the log has not confirmed them yet: if the ledger comes back with less
 * than it had accepted (crash, failover), they are appended again from here (§5.2).
 */
export class Held {
  #events: { seq: number; draft: Draft }[] = []

  add(firstSeq: number, drafts: readonly Draft[]): void {
    drafts.forEach((draft, i) => {
      this.#events.push({ seq: firstSeq + i, draft })
    })
  }

  confirm(seq: number): void {
    if ((this.#events[0]?.seq ?? Number.POSITIVE_INFINITY) > seq) return
    this.#events = this.#events.filter((e) => e.seq > seq)
  }

  /** Events from `above`+1 to `head`, or undefined if one of them is no longer held. */
  between(above: number, head: number): Draft[] | undefined {
    const out = this.#events.filter((e) => e.seq > above && e.seq <= head).map((e) => e.draft)
    return out.length === head - above ? out : undefined
  }
}
