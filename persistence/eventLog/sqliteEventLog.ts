import type { Envelope } from '#schemas/events/envelope.ts'
import { bodyOf } from '../ledger/eventBody.ts'
import type { LedgerFile } from '../ledger/openLedgerFile.ts'
import type { EventLog } from '../ports/eventLog.ts'
import type { Trouble } from './deliver.ts'
import { logPages } from './logPages.ts'
import { type SqliteConsumer, sqliteConsumer } from './sqliteConsumer.ts'

const TRIM_EVERY_MS = 10 * 60 * 1000
const TRIMMED_AT_ONCE = 5000

export type SqliteEventLogOptions = {
  /** Rows that all groups have passed are kept this long, for replays by hand. */
  readonly keepMs?: number
  /** Told about each failed try of a handler; the loop itself goes on. */
  readonly report?: (trouble: Trouble) => void
}

export type SqliteEventLog = EventLog & {
  /** Cuts what is passed by all groups and old; returns how many rows. Runs by itself every ten minutes. */
  trim(): Promise<number>
}

/**
 * The event log's embedded half, on the ledger's file: committed = stored. Consumers are woken by commits, never poll. The
 * file is closed by who opened it, after `close`.
 */
export function sqliteEventLog(file: LedgerFile, options: SqliteEventLogOptions = {}): SqliteEventLog {
  const { keepMs = 7 * 24 * 60 * 60 * 1000, report = () => undefined } = options
  const { worker } = file
  const pages = logPages((after, limit) => worker.read('logRead', after, limit))
  // Before any group hears of it.
  const unsubscribe = file.onCommitted(() => pages.committed())
  const members = new Map<string, Set<SqliteConsumer>>()
  const turns = new Map<string, Promise<void>>()

  const trim = async () => {
    let total = 0
    for (let cut = TRIMMED_AT_ONCE; cut === TRIMMED_AT_ONCE; total += cut)
      cut = await worker.call('logTrim', Date.now() - keepMs)
    return total
  }
  const trimmer = setInterval(() => trim().catch(() => undefined), TRIM_EVERY_MS).unref()

  return {
    trim,
    async publish(events: readonly Envelope[]) {
      await worker.call(
        'logPublish',
        events.map((event) => [event.key, event.seq, event.epoch, bodyOf(event)]),
      )
      file.committed()
    },
    async consume(group) {
      const name = group.group
      const before = turns.get(name) ?? Promise.resolve()
      const { promise: ended, resolve: end } = Promise.withResolvers<void>()
      turns.set(
        name,
        before.then(() => ended),
      )
      const consumer = sqliteConsumer(file, pages, group, before, report)
      const peers = members.get(name) ?? new Set()
      members.set(name, peers.add(consumer))
      return {
        lag: consumer.lag,
        caughtUp: consumer.caughtUp,
        async stop() {
          peers.delete(consumer)
          await consumer.stop()
          // Only now may the next member begin: its predecessor's batch has ended.
          end()
        },
      }
    },
    async deadLetters(group, limit) {
      const rows = await worker.read('deadLetters', group, limit)
      return rows.map(({ event, reason, at }) => ({ group, event: JSON.parse(event) as Envelope, reason, at }))
    },
    async replayDeadLetters(group) {
      const count = await worker.call('deadLettersAgain', group)
      for (const consumer of members.get(group) ?? []) consumer.replay()
      return count
    },
    async close() {
      clearInterval(trimmer)
      unsubscribe()
      const all = [...members.values()].flatMap((peers) => [...peers])
      await Promise.all(all.map((consumer) => consumer.stop()))
    },
  }
}
