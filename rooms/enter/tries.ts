/** Wrong passwords of a user at a room within a minute, before more are refused unread (R4). */
const TRIES = 5
const WINDOW_MS = 60_000

/** Counts wrong room passwords per user and room on this node. */
export class Tries {
  readonly #wrong = new Map<string, { n: number; until: number }>()

  /** `now`: monotonic milliseconds. */
  tooMany(key: string, now: number): boolean {
    const tries = this.#wrong.get(key)
    return tries !== undefined && now < tries.until && tries.n >= TRIES
  }

  failed(key: string, now: number): void {
    if (this.#wrong.size > 10_000) for (const [k, t] of this.#wrong) if (now >= t.until) this.#wrong.delete(k)
    const tries = this.#wrong.get(key)
    if (!tries || now >= tries.until) this.#wrong.set(key, { n: 1, until: now + WINDOW_MS })
    else tries.n++
  }
}
