import type { CloseCode } from '#schemas/closeCodes.ts'

const REMEMBERED = 1_000

/** Sessions that were evicted before they were connected. The oldest are forgotten: a join takes moments. */
export class Missed {
  readonly #codes = new Map<string, CloseCode>()

  /** How many are remembered. */
  get size(): number {
    return this.#codes.size
  }

  add(session: string, code: CloseCode): void {
    this.#codes.set(session, code)
    for (const oldest of this.#codes.keys()) {
      if (this.#codes.size <= REMEMBERED) return
      this.#codes.delete(oldest)
    }
  }

  /** The code by which the session was evicted, once. */
  take(session: string): CloseCode | undefined {
    const code = this.#codes.get(session)
    this.#codes.delete(session)
    return code
  }
}
