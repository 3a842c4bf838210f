import type { Envelope } from '#schemas/events/envelope.ts'
import { backoffMs } from '../eventLog/pauses.ts'
import type { EventLog } from '../ports/eventLog.ts'
import type { Ledger } from '../ports/ledger.ts'
import { within } from '../process/within.ts'

const CLOSE_MS = 2000
/** What was handed over is sent within this time; later the ledger may have gone on without who handed it. */
const FRESH_MS = 1000

export type PublisherOptions = {
  readonly ledger: Pick<Ledger, 'tail' | 'confirm' | 'dirty'>
  readonly log: Pick<EventLog, 'publish'>
  /** The log has confirmed the key's events up to `mark` (the conversation's `storedThrough`). */
  readonly onConfirmed?: (key: string, mark: number) => void
  /** A key could not be published; it is tried again by itself. */
  readonly report?: (key: string, error: unknown) => void
  /** Keys that may wait here; one that finds no room is left to the sweep: the tail is the outbox, nothing is lost. */
  readonly maxKeys?: number
  /** Keys published at the same time: what is under way together goes into the log's batches together. */
  readonly parallel?: number
  readonly batchSize?: number
  readonly sweepEveryMs?: number
}

export type Publisher = {
  /**
   * After a commit, with its answer: free when the log has it already, otherwise queues the key. Never throws or waits. `own`: all
   * that is committed above the mark the caller knows, without a gap; the ledger is then not asked for it.
   */
  publish(
    key: string,
    committed: { readonly version: number; readonly confirmed: number },
    own?: readonly Envelope[],
  ): void
  /** Queues what anybody left unpublished; returns how many keys were found. Runs by itself every `sweepEveryMs`. */
  sweep(): Promise<number>
  /** Resolves when nothing is queued or under way; keys that wait for their next try do not count. */
  idle(): Promise<void>
  /** Keys that wait, of `maxKeys` that may. */
  readonly waiting: number
  readonly maxKeys: number
  /** Ends after the batches under way, which have 2 s: a log that is away waits for ever. The rest stays in the tails. */
  close(): Promise<void>
}

/**
 * Brings the ledger's tails to the event log (DESIGN §5.4). Ordering: of one key at most one batch is under way, and each
 * begins right above the confirmed mark, so consumers see no gap, whoever appended. Two publishers of a key repeat each
 * other at worst. Giving up: never; a failing key backs off alone while the others go on.
 */
export function createPublisher(options: PublisherOptions): Publisher {
  const { ledger, log, onConfirmed, report, maxKeys = 10_000, parallel = 64, batchSize = 200 } = options
  const queue = new Set<string>()
  const active = new Map<string, Promise<void>>()
  const again = new Set<string>()
  const resting = new Map<string, { timer: NodeJS.Timeout; attempt: number }>()
  const handed = new Map<string, { readonly events: readonly Envelope[]; readonly at: number }>()
  let idlers: (() => void)[] = []
  let closed = false

  async function publishAll(key: string): Promise<void> {
    let mark = 0
    const given = () => {
      const own = handed.get(key)
      handed.delete(key)
      if (!own || performance.now() - own.at > FRESH_MS) return undefined
      const fresh = own.events.filter(({ seq }) => seq > mark).slice(0, batchSize)
      return fresh.length > 0 ? fresh : undefined
    }
    while (!closed) {
      const events = given() ?? (await ledger.tail(key, 'confirmed', batchSize))
      const last = events.at(-1)
      if (!last) return
      await log.publish(events)
      mark = await ledger.confirm(key, last.seq)
      onConfirmed?.(key, mark)
      // Whoever appended meanwhile has said so, or the sweep will: nobody is asked only to hear that there is nothing.
      if (events.length < batchSize && !again.delete(key)) return
    }
  }

  const rest = (key: string, attempt: number) => {
    const timer = setTimeout(() => enqueue(key), backoffMs(attempt))
    resting.set(key, { timer: timer.unref(), attempt })
  }
  async function work(key: string, attempt: number) {
    try {
      await publishAll(key)
      resting.delete(key)
    } catch (error) {
      if (!closed) {
        report?.(key, error)
        rest(key, attempt)
      }
    }
    active.delete(key)
    if (again.delete(key) && !resting.has(key)) queue.add(key)
    next()
  }
  function next() {
    for (const key of queue) {
      if (closed || active.size >= parallel) break
      queue.delete(key)
      active.set(key, work(key, (resting.get(key)?.attempt ?? -1) + 1))
    }
    if (queue.size + active.size > 0 && !closed) return
    for (const resolve of idlers) resolve()
    idlers = []
  }
  function enqueue(key: string) {
    if (closed) return
    if (active.has(key)) again.add(key)
    else if (queue.size < maxKeys) queue.add(key)
    next()
  }
  /** A resting key comes by its own timer: pressing it harder would not bring the log back. */
  const offer = (key: string) => {
    if (!resting.has(key) || active.has(key)) enqueue(key)
  }

  const sweep = async () => {
    const keys = await ledger.dirty(maxKeys)
    for (const key of keys) offer(key)
    return keys.length
  }
  const sweeper = setInterval(() => {
    sweep().catch((error: unknown) => report?.('sweep', error))
  }, options.sweepEveryMs ?? 5000).unref()

  return {
    publish(key, { version, confirmed }, own) {
      if (confirmed >= version) return
      if (own && !resting.has(key) && (active.has(key) || queue.has(key) || queue.size < maxKeys))
        handed.set(key, { events: own, at: performance.now() })
      offer(key)
    },
    sweep,
    idle: () =>
      new Promise((resolve) => {
        idlers.push(resolve)
        next()
      }),
    maxKeys,
    get waiting() {
      return queue.size + resting.size
    },
    async close() {
      closed = true
      clearInterval(sweeper)
      for (const { timer } of resting.values()) clearTimeout(timer)
      await within(CLOSE_MS, [...active.values()])
      next()
    },
  }
}
