import kafkajs, { type Kafka, Partitioners, type Producer } from 'kafkajs'
import { backoffMs } from '../pauses.ts'
import { Lane, type LaneMessage } from './lane.ts'

export interface LaneProducer {
  /** Stores messages in one partition, in order; resolves when all in-sync replicas have them. */
  store(topic: string, partition: number, messages: readonly LaneMessage[]): Promise<void>
  /** Messages that are not stored yet. */
  waiting(): number
  close(): Promise<void>
}

/**
 * So many messages may wait here. More are refused at once: whoever publishes has them in the ledger's tail, and comes again with a
 * backoff. That he has few keys under way at a time keeps this far away.
 */
export const MOST_WAITING = 10_000

export interface LaneProducerOptions {
  /** A message that no broker will ever take. */
  refused(topic: string, message: LaneMessage, error: unknown): Promise<void>
  report(error: unknown): void
}

// Node finds only some of the library's names; this one is on the whole only.
const { KafkaJSProtocolError } = kafkajs
const typed = (error: unknown, type: string) => error instanceof KafkaJSProtocolError && error.type === type

/** An idempotent producer driven in lanes: see `Lane` for why nothing else may be done with it. */
export async function laneProducer(kafka: Kafka, options: LaneProducerOptions): Promise<LaneProducer> {
  const lanes = new Map<string, Lane>()
  const createPartitioner = Partitioners.DefaultPartitioner
  const open = () =>
    kafka.producer({ idempotent: true, maxInFlightRequests: 5, metadataMaxAge: 3000, createPartitioner })
  let closed = false
  let producer: Producer = open()
  let renewed: Promise<void> = producer.connect()
  await renewed
  const waiting = () => lanes.values().reduce((sum, lane) => sum + lane.waitingCount, 0)

  /** A producer whose numbers the broker does not follow any more is given up; the batch goes out again by a new one. */
  const renew = (broken: Producer) => {
    if (broken !== producer || closed) return
    producer = open()
    const fresh = producer
    renewed = fresh.connect()
    // Whoever sends next is told, and tries yet another one.
    renewed.catch(() => renew(fresh))
    broken.disconnect().catch(options.report)
  }

  const laneOf = (topic: string, partition: number) => {
    const name = `${topic}/${partition}`
    const kept = lanes.get(name)
    if (kept) return kept
    const lane = new Lane({
      async send(batch) {
        await renewed
        const current = producer
        const messages = batch.map(({ key, value, headers = {} }) => ({
          key,
          value,
          partition,
          headers: { ...headers },
        }))
        try {
          await current.send({ topic, messages, acks: -1, timeout: 3000 })
        } catch (error) {
          if (typed(error, 'OUT_OF_ORDER_SEQUENCE_NUMBER') || typed(error, 'UNKNOWN_PRODUCER_ID')) renew(current)
          throw error
        }
      },
      tooLarge: (error) => typed(error, 'MESSAGE_TOO_LARGE') || typed(error, 'RECORD_LIST_TOO_LARGE'),
      refused: (message, error) => options.refused(topic, message, error),
      async pause(attempt, error) {
        options.report(error)
        await new Promise((resolve) => setTimeout(resolve, Math.min(1000, backoffMs(attempt))))
      },
    })
    lanes.set(name, lane)
    return lane
  }

  return {
    async store(topic, partition, messages) {
      if (waiting() + messages.length > MOST_WAITING) throw new Error('too many events wait for the event log')
      await laneOf(topic, partition).add(messages)
    },
    waiting,
    async close() {
      closed = true
      for (const lane of lanes.values()) lane.close()
      await producer.disconnect()
    },
  }
}
