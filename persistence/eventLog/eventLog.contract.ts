import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Envelope } from '#schemas/events/envelope.ts'
import { type EventLog, Poison } from '../ports/eventLog.ts'

export type EventLogUnderTest = {
  readonly log: EventLog
  /** Ends the client without stopping its consumers in order, and connects anew to the same data. */
  reopen(): Promise<EventLog>
  close(): Promise<void>
  /** What a member had handled when the group was given out anew may come again to the next one. */
  readonly repeats?: boolean
}

const event = (key: string, seq: number): Envelope => ({
  id: randomUUID(),
  type: 'test.happened',
  version: 1,
  key,
  epoch: 1,
  seq,
  at: seq,
  actor: null,
  data: { seq },
})
const events = (key: string, count: number, from = 1) => Array.from({ length: count }, (_, i) => event(key, from + i))

/** A handler that keeps what it has seen of some keys, as a projection would: only what is newer. */
function reader(...keys: string[]) {
  const seen = new Map<string, number[]>(keys.map((key) => [key, []]))
  return {
    seen: (key: string) => seen.get(key) ?? [],
    async handle(batch: readonly Envelope[]) {
      for (const { key, seq } of batch) {
        const of = seen.get(key)
        if (of && seq > (of.at(-1) ?? 0)) of.push(seq)
      }
    },
  }
}

/** What every event log guarantees. Keys and groups are new for each test, so a shared server may be used. */
export function eventLogContract(name: string, open: () => Promise<EventLogUnderTest>): void {
  describe(`event log contract: ${name}`, () => {
    let under: EventLogUnderTest
    let log: EventLog
    beforeAll(async () => {
      under = await open()
      log = under.log
    })
    afterAll(() => under.close())
    const consume = (
      handle: (batch: readonly Envelope[]) => Promise<void>,
      group: string = randomUUID(),
      batchSize = 50,
    ) => log.consume({ group, batchSize, handle })

    test('LOG-1: each group gets every event, in order of its key', async () => {
      const [a, b] = [randomUUID(), randomUUID()]
      const early = reader(a, b)
      const first = await consume(early.handle)
      await log.publish(events(a, 120))
      await Promise.all([log.publish(events(b, 30)), log.publish(events(a, 10, 121))])
      const late = reader(a, b)
      const second = await consume(late.handle)
      await Promise.all([first.caughtUp(), second.caughtUp()])
      for (const each of [early, late]) {
        expect(each.seen(a)).toEqual(Array.from({ length: 130 }, (_, i) => i + 1))
        expect(each.seen(b)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
      }
      await Promise.all([first.stop(), second.stop()])
    })

    test('LOG-2: events arrive as they were published; a repeat changes nothing for a reader', async () => {
      const key = randomUUID()
      const batch = events(key, 3)
      await log.publish(batch)
      await log.publish(batch)
      const got: Envelope[] = []
      const consumer = await consume(async (handed) => void got.push(...handed.filter((each) => each.key === key)))
      await consumer.caughtUp()
      await consumer.stop()
      expect(got.slice(0, 3)).toEqual(batch)
    })

    test('LOG-3: the offset moves after the write: what was not handled comes again', async () => {
      const [key, group] = [randomUUID(), randomUUID()]
      await log.publish(events(key, 4))
      const met = Promise.withResolvers<void>()
      const stuck = await consume(async (batch) => {
        if (!batch.some((each) => each.key === key)) return
        met.resolve()
        throw new Error('the database is down')
      }, group)
      await met.promise
      await stuck.stop()
      const { seen, handle } = reader(key)
      const next = await consume(handle, group)
      await next.caughtUp()
      expect(seen(key)).toEqual([1, 2, 3, 4])
      expect(await next.lag()).toBe(0)
      await next.stop()
    })

    test('LOG-4: a group goes on where it was, also over a restart', async () => {
      const [key, group] = [randomUUID(), randomUUID()]
      await log.publish(events(key, 2))
      const first = await consume(async () => undefined, group)
      await first.caughtUp()
      await first.stop()
      log = await under.reopen()
      await log.publish(events(key, 2, 3))
      const { seen, handle } = reader(key)
      const second = await consume(handle, group)
      await second.caughtUp()
      await second.stop()
      expect(seen(key)).toEqual([3, 4])
    })

    test('LOG-5: an outage is waited for, and nothing overtakes what waits', async () => {
      const key = randomUUID()
      const { seen, handle } = reader(key)
      let failures = 3
      const consumer = await consume(async (batch) => {
        if (batch.some((each) => each.key === key) && failures-- > 0) throw new Error('the database is down')
        await handle(batch)
      })
      await log.publish(events(key, 2))
      await log.publish(events(key, 2, 3))
      await consumer.caughtUp()
      await consumer.stop()
      expect(failures).toBeLessThan(0)
      expect(seen(key)).toEqual([1, 2, 3, 4])
    })

    test('LOG-6: poison goes to the dead letters with its reason, and the rest goes on', async () => {
      const [key, group] = [randomUUID(), randomUUID()]
      const { seen, handle } = reader(key)
      const batch = events(key, 5)
      let poisonous = true
      const consumer = await consume(async (handed) => {
        for (const each of handed) {
          if (poisonous && each.key === key && each.seq % 2 === 0) throw new Poison(each.id, `cannot read ${each.seq}`)
          await handle([each])
        }
      }, group)
      await log.publish(batch)
      await consumer.caughtUp()
      expect(seen(key)).toEqual([1, 3, 5])
      const letters = await log.deadLetters(group, 10)
      expect(letters.map(({ event: { seq }, reason }) => [seq, reason])).toEqual([
        [4, 'cannot read 4'],
        [2, 'cannot read 2'],
      ])
      expect(letters[1]?.event).toEqual(batch[1])
      expect(await log.deadLetters(group, 1)).toHaveLength(1)

      // Given again while still poisonous they return; after the repair they are gone.
      expect(await log.replayDeadLetters(group)).toBe(2)
      await consumer.caughtUp()
      expect(await log.deadLetters(group, 10)).toHaveLength(2)
      poisonous = false
      expect(await log.replayDeadLetters(group)).toBe(2)
      await consumer.caughtUp()
      expect(await log.deadLetters(group, 10)).toEqual([])
      await consumer.stop()
    })

    test('LOG-7: of two members of a group, each event is handled by one; the other takes over', async () => {
      const [key, group] = [randomUUID(), randomUUID()]
      const got: number[] = []
      const handle = async (batch: readonly Envelope[]) => {
        for (const each of batch) if (each.key === key) got.push(each.seq)
      }
      const first = await consume(handle, group)
      const second = await consume(handle, group)
      await log.publish(events(key, 10))
      await first.caughtUp()
      await first.stop()
      await log.publish(events(key, 10, 11))
      await second.caughtUp()
      await second.stop()
      const all = Array.from({ length: 20 }, (_, i) => i + 1)
      expect(under.repeats ? [...new Set(got)] : got).toEqual(all)
    })
  })
}
