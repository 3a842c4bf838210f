/** Timers as a dependency, so that tests can stand still. Real ones do not keep the process alive by themselves. */
export interface Timers {
  /** Milliseconds of a clock that never jumps. */
  monotonic(): number
  /** Runs once after `ms`; returns how to call it off. */
  after(ms: number, run: () => void): () => void
}

// The longest a Node timer takes; above it, it fires at once.
const LONGEST = 2_147_483_647

/** A patch rate: patches go out by hand, at the end of a turn, and an idle room costs nothing. */
export const BY_HAND_MS = 2_000_000_000

export const realTimers: Timers = {
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, ms), LONGEST))
    return () => clearTimeout(timer)
  },
}
