/** Timers as a dependency, so that tests can stand still. Real ones do not keep the process alive by themselves. */
export interface Timers {
  /** Milliseconds of a clock that never jumps. */
  monotonic(): number
  /** Runs once after `ms`; returns how to call it off. */
  after(ms: number, run: () => void): () => void
}

// The longest a Node timer takes; above it, it fires at once.
const LONGEST = 2_147_483_647

export const realTimers: Timers = {
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, ms), LONGEST))
    return () => clearTimeout(timer)
  },
}
