const FIRST_MS = 10_000
const LONGEST_MS = 120_000
/** The oldest are forgotten, and tried again. */
const REMEMBERED = 1000

type Entry = { readonly until: number; readonly pause: number }

/** What failed and is let be for a while, longer each time: 10 s at first, 2 min at last. */
export class Postponed {
  readonly #entries = new Map<string, Entry>()
  readonly #now: () => number

  /** `now`: milliseconds of a clock that never jumps. */
  constructor(now: () => number) {
    this.#now = now
  }

  /** How many are let be now. What has not failed again for long is forgotten in passing. */
  get size(): number {
    const now = this.#now()
    let resting = 0
    for (const [id, { until }] of this.#entries) {
      if (until > now) resting++
      else if (now - until > LONGEST_MS) this.#entries.delete(id)
    }
    return resting
  }
  has(id: string): boolean {
    return (this.#entries.get(id)?.until ?? 0) > this.#now()
  }
  failed(id: string): void {
    const before = this.#entries.get(id)
    const pause = before ? Math.min(LONGEST_MS, before.pause * 2) : FIRST_MS
    this.#entries.delete(id)
    this.#entries.set(id, { until: this.#now() + pause, pause })
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= REMEMBERED) return
      this.#entries.delete(oldest)
    }
  }
  succeeded(id: string): void {
    this.#entries.delete(id)
  }
}
