import { Partitioners } from 'kafkajs'
import type { Envelope } from '#schemas/events/envelope.ts'
import { MAX_EVENT_BYTES } from '#schemas/events/envelope.ts'
import type { Consumer, EventLog } from '../../ports/eventLog.ts'
import { within } from '../../process/within.ts'
import type { Trouble } from '../deliver.ts'
import { type GroupPositions, groupPositions } from './groupPositions.ts'
import { type KafkaNotice, kafkaClient } from './kafkaClient.ts'
import { kafkaConsumer } from './kafkaConsumer.ts'
import { type KafkaLetters, kafkaLetters } from './kafkaLetters.ts'
import { laneProducer } from './kafkaProducer.ts'
import { FAREWELL_MS, type KafkaSettings } from './kafkaSettings.ts'
import { createTopics, topicsOf } from './kafkaTopics.ts'

export type KafkaEventLogOptions = {
  /** Told about each failed try of a handler; the loop itself goes on. */
  readonly report?: (trouble: Trouble) => void
  /** Told what the client meets: brokers that are away, sends that are repeated. */
  readonly notice?: (notice: KafkaNotice) => void
}

/** The group under which events stand in the dead letters that the brokers refused for good. */
export const REFUSED = 'refused-by-the-log'

export type KafkaEventLog = EventLog & {
  readonly positions: GroupPositions
  /** Messages that wait to be stored; a `publish` that would make them more than `MOST_WAITING` rejects. */
  waiting(): number
}

/**
 * The event log's distributed half (DESIGN §3, §5.8). Events of one key are in one partition, in order. An acknowledged event is on
 * all in-sync replicas; `publish` waits out an outage, for as long as it lasts. `close` ends within seconds, brokers or not.
 *
 * Opening tries for ever too: a time limit for the start is the caller's.
 */
export async function kafkaEventLog(
  settings: KafkaSettings,
  options: KafkaEventLogOptions = {},
): Promise<KafkaEventLog> {
  const { report = () => undefined, notice = () => undefined } = options
  const { kafka, giveUp } = kafkaClient(settings, notice)
  const topics = topicsOf(settings)
  const admin = kafka.admin()
  await admin.connect()
  const partitionMetadata = [...(await createTopics(admin, settings))]
  const partitioner = Partitioners.DefaultPartitioner()
  const partitionOf = (key: string) =>
    partitioner({ topic: topics.events, partitionMetadata, message: { key, value: null } })

  const consumers = new Set<Consumer>()
  let letters: KafkaLetters
  const producer = await laneProducer(kafka, {
    async refused(topic, message, error) {
      notice({ level: 'error', message: `${topic} takes no such message: ${String(error)}` })
      if (topic !== topics.events || message.value === null) return
      const { data: _, ...event } = JSON.parse(message.value.toString()) as Envelope
      await letters.bury(REFUSED, { ...event, data: null }, String(error))
    },
    report: (error) => notice({ level: 'warn', message: `sent again: ${String(error)}` }),
  })
  letters = kafkaLetters(kafka, admin, producer, topics)
  const positions = groupPositions(admin, topics, settings)

  return {
    positions,
    async publish(events) {
      const [first] = events
      if (first === undefined) return
      const messages = events.map((event) => {
        const value = Buffer.from(JSON.stringify(event))
        if (value.length > 2 * MAX_EVENT_BYTES)
          throw new RangeError(`event ${event.id} is larger than the ledger takes`)
        return { key: event.key, value }
      })
      await producer.store(topics.events, partitionOf(first.key), messages)
    },
    async consume(group) {
      const consumer = await kafkaConsumer(group, { kafka, settings, topics, letters, positions, report })
      consumers.add(consumer)
      return {
        ...consumer,
        async stop() {
          consumers.delete(consumer)
          await consumer.stop()
        },
      }
    },
    deadLetters: async (group, limit) => [...(await letters.of(group))].reverse().slice(0, limit),
    async replayDeadLetters(group) {
      const wanted = await letters.of(group)
      await producer.store(
        topics.again,
        0,
        wanted.map(({ event }) => ({
          key: event.key,
          value: Buffer.from(JSON.stringify(event)),
          headers: { group },
        })),
      )
      return wanted.length
    },
    waiting: producer.waiting,
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.stop()))
      await within(FAREWELL_MS, [producer.close(), admin.disconnect()])
      giveUp()
    },
  }
}
