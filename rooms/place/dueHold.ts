const FIRST_MS = 1000
const LONGEST_MS = 60_000

/**
 * Keeps a place from turning without end over something that is due and cannot be decided: that is a bug, which would be
 * there again in the next turn. It is left alone for a second, then twice as long each time, up to a minute.
 */
export class DueHold {
  #ms = 0
  /** Nothing due is decided before; 0 when nothing is held. Milliseconds of the place's clock. */
  until = 0

  failed(now: number): void {
    this.#ms = Math.min(LONGEST_MS, this.#ms * 2 || FIRST_MS)
    this.until = now + this.#ms
  }

  passed(): void {
    this.#ms = 0
    this.until = 0
  }
}
