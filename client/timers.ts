/** Time as the core sees it; tests bring their own. */
export interface Timers {
  /** Milliseconds of the wall clock: only for what is compared over a reload or between tabs. */
  wall(): number
  /** Milliseconds that never jump. */
  mono(): number
  /** Runs once after `ms`; the answer cancels. */
  after(ms: number, run: () => void): () => void
}

export const systemTimers: Timers = {
  wall: () => Date.now(),
  mono: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.max(0, ms))
    return () => clearTimeout(timer)
  },
}

/** Timers that all stop at once: an owner keeps one and closes it when it ends. */
export class TimerGroup implements Timers {
  readonly #timers: Timers
  readonly #pending = new Set<() => void>()
  #closed = false

  constructor(timers: Timers) {
    this.#timers = timers
  }
  wall(): number {
    return this.#timers.wall()
  }
  mono(): number {
    return this.#timers.mono()
  }
  after(ms: number, run: () => void): () => void {
    if (this.#closed) return () => {}
    const cancel = this.#timers.after(ms, () => {
      this.#pending.delete(cancel)
      run()
    })
    this.#pending.add(cancel)
    return () => {
      this.#pending.delete(cancel)
      cancel()
    }
  }
  /** Resolves after `ms`; never, once closed. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve))
  }
  close(): void {
    this.#closed = true
    for (const cancel of this.#pending) cancel()
    this.#pending.clear()
  }
}
