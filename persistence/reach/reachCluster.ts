import { kafkaClient } from '../eventLog/kafka/kafkaClient.ts'
import type { KafkaSettings } from '../eventLog/kafka/kafkaSettings.ts'
import { openRedis, type RedisAddress } from '../redis/openRedis.ts'
import type { ClusterServers } from '../settings/clusterSettings.ts'
import { answered, type Fault } from './answered.ts'

/** Whether Redis and Kafka can be used; known within a few seconds. */
export const reachCluster = ({ redis, kafka }: ClusterServers): readonly Promise<Fault>[] => [
  reachRedis(redis),
  reachKafka(kafka),
]

async function reachRedis(address: RedisAddress): Promise<Fault> {
  let last: Error | undefined
  const client = openRedis(address, { onFault: (error) => (last = error) })
  const asked = async (): Promise<Fault> => {
    if (client.status !== 'ready') await new Promise<void>((resolve) => client.once('ready', () => resolve()))
    try {
      await client.set('studyhub:reached', Date.now())
      return null
    } catch (error) {
      return `  REDIS_URL: cannot be used: ${(error as Error).message}`
    }
  }
  try {
    const fault = await answered('REDIS_URL', asked())
    return fault && last ? `${fault} (${last.message})` : fault
  } finally {
    client.disconnect()
  }
}

async function reachKafka(settings: KafkaSettings): Promise<Fault> {
  let last = ''
  const { kafka, giveUp } = kafkaClient(settings, ({ message, error }) => {
    last = error ?? message
  })
  const admin = kafka.admin()
  const asked = async (): Promise<Fault> => {
    try {
      await admin.connect()
      const { brokers } = await admin.describeCluster()
      return brokers.length >= settings.replicas
        ? null
        : `  KAFKA_REPLICAS: ${settings.replicas}, but there are ${brokers.length} brokers`
    } catch (error) {
      return `  KAFKA_BROKERS: cannot be used: ${(error as Error).message}`
    }
  }
  try {
    const fault = await answered('KAFKA_BROKERS', asked())
    return fault && last !== '' ? `${fault} (${last})` : fault
  } finally {
    giveUp()
    admin.disconnect().catch(() => undefined)
  }
}
