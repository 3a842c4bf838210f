import { LedgerUnavailable } from '#persistence/ports/ledger.ts'
import { realTimers, type Timers } from './timers.ts'

const LONGEST_MS = 5000

/**
 * Repeats a ledger write that must not get lost until it succeeds; all ledger writes are safe to repeat. Gives up, with
 * the last error, after `forMs` milliseconds: what is lost then is found by the comparisons of I13.
 */
export async function insist<T>(write: () => Promise<T>, forMs = 60_000, timers: Timers = realTimers): Promise<T> {
  const until = timers.monotonic() + forMs
  for (let pause = 50; ; pause = Math.min(LONGEST_MS, pause * 2)) {
    try {
      return await write()
    } catch (error) {
      if (!(error instanceof LedgerUnavailable) || timers.monotonic() + pause > until) throw error
      await new Promise<void>((resolve) => void timers.after(pause, resolve))
    }
  }
}
