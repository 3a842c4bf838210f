import kafkajs, { type Kafka, type Producer } from 'kafkajs'
import { backoffMs } from '../pauses.ts'
import { Lane, type LaneMessage } from './lane.ts'

export interface LaneProducer {
  /** Stores messages in one partition, in order; resolves when all in-sync replicas have them. */
  store(topic: string, partition: number, messages: readonly LaneMessage[]): Promise<void>
  close(): Promise<void>
}

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
  const open = () => kafka.producer({ idempotent: true, maxInFlightRequests: 5, metadataMaxAge: 3000 })
  let producer: Producer = open()
  let renewed: Promise<void> = producer.connect()
  await renewed

  /** A producer whose numbers the broker does not follow any more is given up; the batch goes out again by a new one. */
  const renew = (broken: Producer) => {
    if (broken !== producer) return
    producer = open()
    const fresh = producer
    renewed = fresh.connect()
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
    store: (topic, partition, messages) => laneOf(topic, partition).add(messages),
    async close() {
      for (const lane of lanes.values()) lane.close()
      await producer.disconnect()
    },
  }
}
