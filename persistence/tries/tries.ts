import type { TriesRule } from '../ports/tries.ts'

const KEYS = 50_000

/**
 * Counts tries per key in a fixed span that begins with the first. Memory is bounded: at the bound the oldest span is
 * forgotten. One node's view, for what protects the node; what would be guessed is counted in the `TriesBook` of all.
 */
export class Tries {
  readonly #spans = new Map<string, { count: number; until: number }>()
  readonly #rule: TriesRule
  readonly #now: () => number

  constructor(rule: TriesRule, now: () => number = () => performance.now()) {
    this.#rule = rule
    this.#now = now
  }

  /** Counts one try. 0: go on; otherwise milliseconds until it makes sense to try again. */
  take(key: string): number {
    const now = this.#now()
    const span = this.#spans.get(key)
    if (!span || span.until <= now) {
      this.#spans.delete(key)
      this.#spans.set(key, { count: 1, until: now + this.#rule.withinMs })
      const [oldest] = this.#spans.keys()
      if (this.#spans.size > KEYS && oldest !== undefined) this.#spans.delete(oldest)
      return 0
    }
    if (span.count >= this.#rule.max) return Math.ceil(span.until - now)
    span.count++
    return 0
  }

  /** Gives a try back: it succeeded. */
  refund(key: string): void {
    const span = this.#spans.get(key)
    if (span && span.count > 0) span.count--
  }
}
