import type { ChatMessage } from '#schemas/messages/chat.ts'

/** Beyond it the oldest are let go when new ones come; what was loaded on purpose stays. */
export const KEPT = 2_000
/** A hole wider than this is not filled: the list starts again at the window, and the rest can be loaded. */
export const WIDEST_HOLE = 500
/** Amendments remembered for messages that are not loaded. */
const EARLY = 500

export type Hole = { readonly from: number; readonly to: number }

/**
 * The known messages of one conversation between `floor` and `head`. Numbers are dense (I4), so whatever is missing between
 * them is known to be missing. The newest revision of a message wins, however it came; the result does not depend on the
 * order in which window, pages and amendments arrive.
 */
export class Timeline {
  readonly #known = new Map<number, ChatMessage>()
  readonly #early = new Map<number, ChatMessage>()
  /** Lowest number of the list; 0 while nothing is known. */
  floor = 0
  head = 0
  #allowed = KEPT

  get(number: number): ChatMessage | undefined {
    return this.#known.get(number)
  }

  /** Older ones exist that are not loaded. */
  get hasOlder(): boolean {
    return this.floor > 1
  }

  /** True if the list changes by it. A message below the floor changes nothing, but is not forgotten. */
  put(message: ChatMessage): boolean {
    const { number } = message
    if (number < this.floor) {
      this.#remember(message)
      return false
    }
    const before = this.#known.get(number)
    if (before && before.revision >= message.revision) return false
    const early = this.#early.get(number)
    this.#early.delete(number)
    this.#known.set(number, early && early.revision > message.revision ? early : message)
    if (this.floor === 0) this.floor = number
    if (number > this.head) this.head = number
    return true
  }

  /** The newest number there is, by the room; `lowest` of the window it holds (0: none). */
  reach(head: number, lowest: number): void {
    if (head < this.head) this.#forgetAbove(head)
    this.head = head
    if (lowest > 0 && this.floor === 0) this.floor = lowest
    const hole = this.holes()[0]
    if (hole && lowest > 0 && hole.to - hole.from >= WIDEST_HOLE) this.#forgetBelow(lowest)
    if (this.head - this.floor >= this.#allowed) this.#forgetBelow(this.head - this.#allowed + 1)
  }

  /** A page older than the floor: the list now begins at its first message. */
  extend(messages: readonly ChatMessage[]): void {
    const first = Math.min(...messages.map((m) => m.number))
    if (messages.length === 0 || first >= this.floor) return
    this.floor = first
    for (const message of messages) this.put(message)
    this.#allowed = Math.max(this.#allowed, this.head - this.floor + 1)
  }

  /** Missing numbers between floor and head, lowest first. */
  holes(): Hole[] {
    if (this.floor === 0 || this.#known.size === this.head - this.floor + 1) return []
    const holes: { from: number; to: number }[] = []
    for (let n = this.floor; n <= this.head; n++) {
      if (this.#known.has(n)) continue
      const last = holes.at(-1)
      if (last && last.to === n - 1) last.to = n
      else holes.push({ from: n, to: n })
    }
    return holes
  }

  #remember(message: ChatMessage): void {
    const before = this.#early.get(message.number)
    if (before && before.revision >= message.revision) return
    this.#early.delete(message.number)
    this.#early.set(message.number, message)
    for (const oldest of this.#early.keys()) {
      if (this.#early.size <= EARLY) break
      this.#early.delete(oldest)
    }
  }

  #forgetBelow(floor: number): void {
    for (let n = this.floor; n < floor; n++) {
      const message = this.#known.get(n)
      this.#known.delete(n)
      // What history answers later may be behind: a change that was seen once stays seen.
      if (message && message.revision > 0) this.#remember(message)
    }
    this.floor = floor
  }

  #forgetAbove(head: number): void {
    for (const n of this.#known.keys()) if (n > head) this.#known.delete(n)
    if (this.floor > head) this.floor = 0
  }
}
