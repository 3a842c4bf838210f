import type { Envelope } from '#schemas/events/envelope.ts'
import type { LedgerFile } from '../ledger/openLedgerFile.ts'
import type { Consumer, ConsumerGroup } from '../ports/eventLog.ts'
import { SqliteGone } from '../sqlite/SqliteFailure.ts'
import { type Delivery, deliver, type Trouble } from './deliver.ts'
import type { LogPages } from './logPages.ts'
import { backoffMs, pauses } from './pauses.ts'

/** After a batch that was not full the group waits this long: one read and one offset for all that commits meanwhile. */
const LINGER_MS = 100

type Waiter = { readonly pos: number; resolve(): void; reject(error: Error): void }
export type SqliteConsumer = Consumer & { replay(): void }

/** One member of a group. `begin` resolves when it is this member's turn: a group has one working member at a time. */
export function sqliteConsumer(
  file: LedgerFile,
  pages: LogPages,
  group: ConsumerGroup,
  begin: Promise<void>,
  report: (trouble: Trouble) => void,
): SqliteConsumer {
  const { worker } = file
  const name = group.group
  const { pause: rest, interrupt } = pauses()
  let stopped = false
  let fresh = true
  let letters = true
  let idle = false
  let pos: number | null = null
  let waiters: Waiter[] = []

  const { promise: halted, resolve: halt } = Promise.withResolvers<void>()

  // An interrupt before the pause must not be lost: the end of the loop cannot wait for a backoff.
  const pause = (ms?: number) => (stopped ? Promise.resolve() : rest(ms))
  const settle = (pos: number) => {
    const ready = letters ? [] : waiters.filter((waiter) => waiter.pos <= pos)
    waiters = waiters.filter((waiter) => !ready.includes(waiter))
    for (const waiter of ready) waiter.resolve()
  }
  const wake = () => {
    fresh = true
    if (idle) interrupt()
  }
  const unsubscribe = file.onCommitted(wake)
  const delivery: Delivery = {
    bury: (event, reason) => worker.call('deadLetter', name, event.id, JSON.stringify(event), reason),
    pause,
    stopped: () => stopped,
    report,
  }

  async function replayLetters() {
    letters = false
    for (;;) {
      const wanted = await worker.read('deadLettersWanted', name, group.batchSize)
      if (wanted.length === 0) return
      for (const { id, event } of wanted) {
        let buried = false
        const bury: Delivery['bury'] = (poisoned, reason) => {
          buried = true
          return delivery.bury(poisoned, reason)
        }
        if (!(await deliver(group, [JSON.parse(event) as Envelope], { ...delivery, bury }))) return
        if (!buried) await worker.call('deadLetterDone', id)
      }
    }
  }
  async function step() {
    pos ??= await worker.call('logJoin', name)
    if (letters) await replayLetters()
    fresh = false
    const { events, last } = await pages.read(pos, group.batchSize)
    if (last !== null) {
      if (!(await deliver(group, events, delivery))) return
      await worker.call('logAdvance', name, last)
      pos = last
    }
    settle(pos)
    if (stopped || letters || events.length === group.batchSize) return
    if (last !== null) return waiters.length > 0 ? undefined : pause(LINGER_MS)
    if (fresh || waiters.length > 0) return
    idle = true
    await pause()
    idle = false
  }

  async function run() {
    await Promise.race([begin, halted])
    for (let attempt = 0; !stopped; ) {
      try {
        await step()
        attempt = 0
      } catch (error) {
        // The file answers again, or its thread is gone for good.
        report({ group: name, attempt, error })
        if (error instanceof SqliteGone) break
        letters = true
        await pause(backoffMs(attempt++))
      }
    }
  }

  const ended = run().finally(() => {
    unsubscribe()
    stopped = true
    for (const waiter of waiters) waiter.reject(new Error(`the consumer of ${name} has ended`))
    waiters = []
  })
  ended.catch((error: unknown) => report({ group: name, attempt: 0, error }))

  return {
    lag: () => worker.read('logLag', name),
    async caughtUp() {
      const target = await worker.read('logEnd')
      if (stopped) throw new Error(`the consumer of ${name} has ended`)
      return new Promise((resolve, reject) => {
        waiters.push({ pos: target, resolve, reject })
        interrupt()
      })
    },
    async stop() {
      stopped = true
      halt()
      interrupt()
      await ended.catch(() => undefined)
    },
    replay() {
      letters = true
      interrupt()
    },
  }
}
