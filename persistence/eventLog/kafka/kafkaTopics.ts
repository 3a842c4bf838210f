import { setTimeout as sleep } from 'node:timers/promises'
import type { Admin, PartitionMetadata } from 'kafkajs'
import type { KafkaSettings } from './kafkaSettings.ts'

export const topicsOf = ({ prefix }: Pick<KafkaSettings, 'prefix'>) => ({
  /** Everything that happened, by key. */
  events: `${prefix}.events`,
  /** Dead letters given again; each names its group, the others pass it over. */
  again: `${prefix}.again`,
  /** Dead letters by group and event, the newest record of each holds (compacted); none = dealt with. */
  letters: `${prefix}.dead-letters`,
})

export type Topics = ReturnType<typeof topicsOf>

const typeOf = (error: unknown) => (error as { type?: string }).type
const ASK_AGAIN_MS = 50

/** A broker hears of a new topic a moment after it was made elsewhere, and until then knows nothing of it. */
async function partitionsOf(admin: Admin, topic: string): Promise<readonly PartitionMetadata[]> {
  for (;;) {
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
      const partitions = topics[0]?.partitions ?? []
      if (partitions.length > 0 && partitions.every(({ leader }) => leader >= 0)) return partitions
    } catch (error) {
      if (typeOf(error) !== 'UNKNOWN_TOPIC_OR_PARTITION' && typeOf(error) !== 'LEADER_NOT_AVAILABLE') throw error
    }
    await sleep(ASK_AGAIN_MS)
  }
}

/**
 * Makes the topics that are missing; several nodes may do so at once. What exists keeps its partitions. Resolves when each topic has
 * its leaders, with the partitions of the event topic.
 */
export async function createTopics(admin: Admin, settings: KafkaSettings): Promise<readonly PartitionMetadata[]> {
  const { events, again, letters } = topicsOf(settings)
  const there = new Set(await admin.listTopics())
  const common = { replicationFactor: settings.replicas }
  // Whatever the brokers' own defaults are: two have what is acknowledged where three keep it, and nobody leads who lacks it.
  const durable = [
    { name: 'min.insync.replicas', value: settings.replicas > 2 ? '2' : '1' },
    { name: 'unclean.leader.election.enable', value: 'false' },
  ]
  const retention = [...durable, { name: 'retention.ms', value: String(settings.retentionMs) }]
  const compacted = [...durable, { name: 'cleanup.policy', value: 'compact' }]
  const wanted = [
    { ...common, topic: events, numPartitions: settings.partitions, configEntries: retention },
    { ...common, topic: again, numPartitions: 1, configEntries: retention },
    { ...common, topic: letters, numPartitions: 1, configEntries: compacted },
  ].filter(({ topic }) => !there.has(topic))
  if (wanted.length > 0) {
    try {
      await admin.createTopics({ topics: wanted, waitForLeaders: false })
    } catch (error) {
      const errors = (error as { errors?: unknown[] }).errors ?? [error]
      if (!errors.every((each) => typeOf(each) === 'TOPIC_ALREADY_EXISTS')) throw error
    }
  }
  const [ofEvents] = await Promise.all([events, again, letters].map((topic) => partitionsOf(admin, topic)))
  return ofEvents ?? []
}
