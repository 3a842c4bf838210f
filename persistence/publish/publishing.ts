import { setTimeout as sleep } from 'node:timers/promises'
import type { Envelope } from '#schemas/events/envelope.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Publisher } from './publisher.ts'

/** After so long the mark is asked for: another node may have published the key meanwhile, and told nobody here. */
const WAIT_MS = 1000
const ASK_AGAIN_MS = 100
const MOST_KEYS = 10_000

export type Publishing = {
  /** The publisher's `onConfirmed`. */
  confirmed(key: string, mark: number): void
  /**
   * Publishes what is committed of a key, waits for it a second at most, and answers its confirmed mark. `own`: see `Publisher`.
   */
  publish(key: string, own?: readonly Envelope[]): Promise<number>
  /** Resolves when all that any node has committed before the call is in the log; rejects once closed. */
  all(): Promise<void>
  close(): void
}

/** A publisher for those who wait for its outcome. */
export function publishing(
  ledger: Pick<Ledger, 'marks' | 'dirty'>,
  publisher: () => Pick<Publisher, 'publish'>,
): Publishing {
  const waiting = new Map<string, Set<(mark: number) => void>>()
  let closed = false

  async function publish(key: string, own?: readonly Envelope[]): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number | null>()
    const those = waiting.get(key) ?? new Set()
    waiting.set(key, those.add(resolve))
    const timer = setTimeout(() => resolve(null), WAIT_MS)
    try {
      publisher().publish(key, { version: 1, confirmed: 0 }, own)
      return (await promise) ?? (await ledger.marks(key)).confirmed
    } finally {
      clearTimeout(timer)
      those.delete(resolve)
      if (those.size === 0 && waiting.get(key) === those) waiting.delete(key)
    }
  }

  return {
    confirmed(key, mark) {
      for (const resolve of waiting.get(key) ?? []) resolve(mark)
    },
    publish,
    async all() {
      const keys = await ledger.dirty(MOST_KEYS)
      const goals = await Promise.all(keys.map(async (key) => ({ key, ...(await ledger.marks(key)) })))
      const reach = async ({ key, head, confirmed }: (typeof goals)[number]) => {
        for (let mark = confirmed; mark < head; mark = await publish(key)) {
          if (closed) throw new Error('the publisher is closed')
          if (mark > confirmed) await sleep(ASK_AGAIN_MS)
        }
      }
      await Promise.all(goals.map(reach))
    },
    close() {
      closed = true
    },
  }
}
