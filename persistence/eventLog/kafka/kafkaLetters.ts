import { randomUUID } from 'node:crypto'
import type { Admin, Kafka } from 'kafkajs'
import type { Envelope } from '#schemas/events/envelope.ts'
import type { DeadLetter } from '../../ports/eventLog.ts'
import type { LaneProducer } from './kafkaProducer.ts'
import type { Topics } from './kafkaTopics.ts'

export interface KafkaLetters {
  bury(group: string, event: Envelope, reason: string): Promise<void>
  /** The event was handled after all. */
  settle(group: string, eventId: string): Promise<void>
  /** All that the group has not dealt with, oldest first. Reads the whole topic: for commands, not for requests. */
  of(group: string): Promise<readonly DeadLetter[]>
}

const keyOf = (group: string, eventId: string) => `${group}\n${eventId}`

/** Dead letters in a compacted topic: a record with a value is a letter, one without says that it is dealt with. */
export function kafkaLetters(kafka: Kafka, admin: Admin, producer: LaneProducer, topics: Topics): KafkaLetters {
  const put = (group: string, eventId: string, letter: DeadLetter | null) => {
    const value = letter === null ? null : Buffer.from(JSON.stringify(letter))
    return producer.store(topics.letters, 0, [{ key: keyOf(group, eventId), value }])
  }

  /** Every record of the topic up to its end now, in order. kafkajs reads only as a group: one for this reading, removed after it. */
  async function readAll(take: (key: string, value: Buffer | null) => void) {
    const [end] = await admin.fetchTopicOffsets(topics.letters)
    const last = Number(end?.high ?? 0) - 1
    if (last < Number(end?.low ?? 0)) return
    const groupId = `${topics.letters}.read.${randomUUID()}`
    const reader = kafka.consumer({ groupId, maxWaitTimeInMs: 200 })
    const { promise: read, resolve: done, reject: fail } = Promise.withResolvers<void>()
    try {
      await reader.connect()
      await reader.subscribe({ topic: topics.letters, fromBeginning: true })
      reader.on(reader.events.CRASH, ({ payload }) => payload.restart || fail(payload.error))
      await reader.run({
        autoCommit: false,
        eachBatch: async ({ batch }) => {
          for (const { key, value, offset } of batch.messages) {
            if (key !== null && Number(offset) <= last) take(key.toString(), value)
          }
          // Compaction may have taken the last records away: what counts is how far the batch reaches.
          if (Number(batch.lastOffset()) >= last) done()
        },
      })
      await read
    } finally {
      await reader.disconnect()
      await admin.deleteGroups([groupId]).catch(() => undefined)
    }
  }

  return {
    bury: (group, event, reason) => put(group, event.id, { group, event, reason, at: Date.now() }),
    settle: (group, eventId) => put(group, eventId, null),
    async of(group) {
      const letters = new Map<string, DeadLetter>()
      await readAll((key, value) => {
        letters.delete(key)
        if (value !== null && key.startsWith(keyOf(group, '')))
          letters.set(key, JSON.parse(value.toString()) as DeadLetter)
      })
      return [...letters.values()]
    },
  }
}
