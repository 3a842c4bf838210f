import { setTimeout as sleep } from 'node:timers/promises'
import { kafkaClient } from '../eventLog/kafka/kafkaClient.ts'
import type { KafkaSettings } from '../eventLog/kafka/kafkaSettings.ts'
import { openRedis, type RedisAddress } from '../redis/openRedis.ts'
import type { ClusterServers } from '../settings/clusterSettings.ts'

const LIMIT_MS = 5000

/** What is wrong with a server in words, or null. Never the setting's value: it may hold a password. */
export type Fault = string | null

/** Whether Redis and Kafka can be used; known within a few seconds. */
export const reachCluster = ({ redis, kafka }: ClusterServers): readonly Promise<Fault>[] => [
  reachRedis(redis),
  reachKafka(kafka),
]

const late = (name: string) => sleep(LIMIT_MS, `  ${name}: no answer within ${LIMIT_MS / 1000} s`, { ref: false })

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
    const fault = await Promise.race([asked(), late('REDIS_URL')])
    return fault && last ? `${fault} (${last.message})` : fault
  } finally {
    client.disconnect()
  }
}

async function reachKafka(settings: KafkaSettings): Promise<Fault> {
  let last = ''
  const admin = kafkaClient(settings, ({ message, error }) => {
    last = error ?? message
  }).admin()
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
    const fault = await Promise.race([asked(), late('KAFKA_BROKERS')])
    return fault && last !== '' ? `${fault} (${last})` : fault
  } finally {
    // A client that is still connecting would try for ever; its end is not waited for.
    admin.disconnect().catch(() => undefined)
  }
}
