import type { Timers } from '../timers.ts'

/** Time that moves by hand. Callbacks run in order of their time; promises are let through between them. */
export class HandTimers implements Timers {
  #now = 0
  #queue: { at: number; run: () => void }[] = []
  readonly #started: number

  constructor(wall = Date.UTC(2026, 0, 5, 9)) {
    this.#started = wall
  }

  wall(): number {
    return this.#started + this.#now
  }
  mono(): number {
    return this.#now
  }
  after(ms: number, run: () => void): () => void {
    const entry = { at: this.#now + Math.max(0, ms), run }
    this.#queue.push(entry)
    return () => {
      this.#queue = this.#queue.filter((e) => e !== entry)
    }
  }

  get pending(): number {
    return this.#queue.length
  }

  async advance(ms: number): Promise<void> {
    const until = this.#now + ms
    await promises()
    for (;;) {
      const next = this.#queue.filter((e) => e.at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#queue = this.#queue.filter((e) => e !== next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
      await promises()
    }
    this.#now = until
  }

  /** The clock jumps and nothing runs: a frozen tab. */
  freeze(ms: number): void {
    this.#now += ms
  }
}

/** Lets every promise that can settle do so. */
export async function promises(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve))
}
