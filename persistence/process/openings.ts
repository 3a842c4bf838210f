import type { Logger } from 'pino'

/** Keeps what was opened for closing it, in the opposite order. */
export type Opened = <T>(value: T, close: (value: T) => unknown) => T

/** What was opened, for closing it in the opposite order; `closeAll` is idempotent and never rejects. */
export function openings(log: Logger): { opened: Opened; closeAll(): Promise<void> } {
  const closers: (() => unknown)[] = []
  return {
    opened(value, close) {
      closers.push(() => close(value))
      return value
    },
    async closeAll() {
      for (let close = closers.pop(); close; close = closers.pop()) {
        try {
          await close()
        } catch (error) {
          // A server that is away says no farewell; the others are closed all the same.
          log.warn({ err: error }, 'not closed in order')
        }
      }
    },
  }
}
