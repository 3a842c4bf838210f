import type { Logger } from 'pino'
import { within } from './within.ts'

const GIVE_UP_MS = 2000

/** Keeps what was opened for closing it, in the opposite order. */
export type Opened = <T>(value: T, close: (value: T) => unknown) => T

/** What was opened, for closing it in the opposite order; `closeAll` is idempotent and never rejects. */
export function openings(log: Logger): {
  opened: Opened
  closeAll(): Promise<void>
  /** The same where a start has failed: what cannot be closed soon is left to the end of the process. */
  giveUp(): Promise<void>
} {
  const closers: (() => unknown)[] = []
  async function closeAll() {
    for (let close = closers.pop(); close; close = closers.pop()) {
      try {
        await close()
      } catch (error) {
        // A server that is away says no farewell; the others are closed all the same.
        log.warn({ err: error }, 'not closed in order')
      }
    }
  }
  return {
    opened(value, close) {
      closers.push(() => close(value))
      return value
    },
    closeAll,
    giveUp: () => within(GIVE_UP_MS, [closeAll()]),
  }
}
