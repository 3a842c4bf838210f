import type { Timers } from '#rooms/place/timers.ts'

export type HandTimers = Timers & {
  /** Lets time pass at once: everything that becomes due runs, in order, also what is set meanwhile. */
  pass(ms: number): void
}

/** Time that stands still until a test lets it pass: how busy the machine is changes nothing. */
export function handTimers(): HandTimers {
  let now = 0
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>()
  // A stable sort: of equals the one that was set first.
  const first = (until: number) => [...waiting].sort((a, b) => a.at - b.at).find(({ at }) => at <= until)
  return {
    monotonic: () => now,
    after(ms, run) {
      const timer = { at: now + Math.max(0, ms), run }
      waiting.add(timer)
      return () => void waiting.delete(timer)
    },
    pass(ms) {
      const until = now + ms
      for (let next = first(until); next; next = first(until)) {
        now = next.at
        waiting.delete(next)
        next.run()
      }
      now = until
    },
  }
}
