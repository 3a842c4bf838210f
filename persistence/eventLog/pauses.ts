/** Waits that can be cut short: the pauses of a loop that has to end or to hurry. */
export function pauses() {
  let wake: (() => void) | null = null
  return {
    /** Resolves after `ms`, or at the next `interrupt`; without `ms` only then. */
    pause(ms?: number): Promise<void> {
      return new Promise((resolve) => {
        const timer = ms === undefined ? undefined : setTimeout(done, ms)
        function done() {
          clearTimeout(timer)
          wake = null
          resolve()
        }
        wake = done
      })
    },
    interrupt() {
      wake?.()
    },
  }
}

/** 0.1 s, doubled up to 30 s, each shortened at random by up to a fifth so that many do not come back at once. */
export const backoffMs = (attempt: number, random = Math.random()): number =>
  Math.min(30_000, 100 * 2 ** Math.min(attempt, 12)) * (1 - random / 5)
