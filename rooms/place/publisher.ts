import type { Timers } from './timers.ts'

export type PublisherDeps = {
  readonly timers: Timers
  /** Sends the log all that is above the confirmed mark (§5.4); resolves with the new mark. */
  publish(): Promise<number>
  confirmed(seq: number): void
  failed(error: unknown): void
}

const AGAIN_MS = 1000

/** Sees to it that what a place has committed reaches the event log, one call at a time, until all of it is confirmed. */
export class Publisher {
  readonly #deps: PublisherDeps
  #head = 0
  #mark = 0
  #busy = false
  #stopped = false

  constructor(deps: PublisherDeps) {
    this.#deps = deps
  }

  /** After an append. Where committed means stored there is nothing to do. */
  committed(head: number, confirmed: number): void {
    this.#head = head
    if (confirmed < head) this.#start()
  }

  stop(): void {
    this.#stopped = true
  }

  #start(): void {
    if (this.#busy || this.#stopped) return
    this.#busy = true
    this.#deps
      .publish()
      .then(
        (mark) => {
          this.#deps.confirmed(mark)
          return mark
        },
        (error: unknown) => {
          this.#deps.failed(error)
          return 0
        },
      )
      .then((mark) => {
        const moved = mark > this.#mark
        this.#mark = Math.max(mark, this.#mark)
        if (moved || mark >= this.#head) {
          this.#busy = false
          // What was committed meanwhile does not wait: only where nothing moves is the log left alone for a while.
          if (mark < this.#head) this.#start()
          return
        }
        this.#deps.timers.after(AGAIN_MS, () => {
          this.#busy = false
          this.#start()
        })
      })
  }
}
