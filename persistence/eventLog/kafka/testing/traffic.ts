import { randomUUID } from 'node:crypto'
import { askUntil } from '#client/testing/askUntil.ts'
import { stretch } from '#client/testing/stretch.ts'
import type { Envelope } from '#schemas/events/envelope.ts'
import type { EventLog } from '../../../ports/eventLog.ts'
import { kafkaClient } from '../kafkaClient.ts'
import type { KafkaSettings } from '../kafkaSettings.ts'
import { topicsOf } from '../kafkaTopics.ts'

export const eventOf = (key: string, seq: number): Envelope => ({
  id: `${key}/${seq}`,
  type: 'test.happened',
  version: 1,
  key,
  epoch: 1,
  seq,
  at: seq,
  actor: null,
  data: 'x'.repeat(200),
})

/** Milliseconds from one publish of a key to its next: as fast as it goes, whoever still works would leave no time to brokers that come back. */
const EVERY_MS = 20

/** Keys that publish without end, each its next three events at its pace and when the last three are acknowledged. */
export function traffic(log: Pick<EventLog, 'publish'>, keys: number) {
  const acknowledged = new Map<string, number>(Array.from({ length: keys }, () => [randomUUID(), 0]))
  let ending = false
  let waiters: { goal: number; resolve(): void }[] = []
  const total = () => [...acknowledged.values()].reduce((sum, seq) => sum + seq, 0)
  const run = async (key: string) => {
    for (let seq = 0; !ending; seq += 3) {
      const paced = stretch(EVERY_MS)
      await log.publish([1, 2, 3].map((step) => eventOf(key, seq + step)))
      acknowledged.set(key, seq + 3)
      const now = total()
      const ready = waiters.filter(({ goal }) => goal <= now)
      waiters = waiters.filter(({ goal }) => goal > now)
      for (const { resolve } of ready) resolve()
      await paced
    }
  }
  const running = [...acknowledged.keys()].map(run)
  return {
    acknowledged,
    /** Resolves when `count` more events are acknowledged. */
    more: (count: number) => new Promise<void>((resolve) => waiters.push({ goal: total() + count, resolve })),
    async end() {
      ending = true
      await Promise.all(running)
    },
  }
}

/**
 * What the brokers keep, record by record, in the order of each partition: the truth beside what consumers are handed. It is read
 * up to the ends of the partitions, and those have to count as many records as were acknowledged: a leader that has just changed may
 * name an end that is too early, so they are asked for again. Fewer after a minute means that some are lost: that throws.
 */
export async function recordsKept(
  settings: KafkaSettings,
  acknowledged: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const { kafka } = kafkaClient(settings)
  const { events: topic } = topicsOf(settings)
  const admin = kafka.admin()
  await admin.connect()
  const goal = [...acknowledged.values()].reduce((sum, seq) => sum + seq, 0)
  const left = await endsHolding(goal, () => admin.fetchTopicOffsets(topic))
  const records = new Map<string, Pick<Envelope, 'key' | 'seq'>>()
  const reader = kafka.consumer({ groupId: randomUUID(), maxWaitTimeInMs: 200 })
  await reader.connect()
  await reader.subscribe({ topic, fromBeginning: true })
  const { promise, resolve } = Promise.withResolvers<void>()
  await reader.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      for (const { offset, value } of batch.messages) {
        const { key, seq } = JSON.parse(String(value)) as Envelope
        records.set(`${batch.partition}/${offset}`, { key, seq })
      }
      if (Number(batch.lastOffset()) + 1 >= (left.get(batch.partition) ?? 0)) left.delete(batch.partition)
      if (left.size === 0) resolve()
    },
  })
  await promise
  await reader.disconnect()
  await admin.disconnect()
  const byKey = new Map<string, number[]>()
  // A fast machine says hundreds of thousands.
  for (const key of acknowledged.keys()) byKey.set(key, [])
  for (const { key, seq } of records.values()) byKey.get(key)?.push(seq)
  return byKey
}

type Ends = readonly { readonly partition: number; readonly high: string }[]

/** The ends of the partitions that hold anything, as soon as they count `goal` records. */
async function endsHolding(goal: number, ask: () => Promise<Ends>): Promise<Map<number, number>> {
  const ends = await askUntil(
    async () => (await ask()).map(({ partition, high }) => [partition, Number(high)] as const),
    (kept) => kept.reduce((sum, [, high]) => sum + high, 0) >= goal,
    `${goal} acknowledged records with the brokers`,
    { limitMs: 60_000, everyMs: 200 },
  )
  return new Map(ends.filter(([, high]) => high > 0))
}
