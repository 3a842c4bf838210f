import type { Admin } from 'kafkajs'
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

const alreadyThere = (error: unknown) => (error as { type?: string }).type === 'TOPIC_ALREADY_EXISTS'

/** Makes the topics that are missing; several nodes may do so at once. What exists keeps its partitions. */
export async function createTopics(admin: Admin, settings: KafkaSettings): Promise<void> {
  const { events, again, letters } = topicsOf(settings)
  const there = new Set(await admin.listTopics())
  const common = { replicationFactor: settings.replicas }
  const retention = [{ name: 'retention.ms', value: String(settings.retentionMs) }]
  const wanted = [
    { ...common, topic: events, numPartitions: settings.partitions, configEntries: retention },
    { ...common, topic: again, numPartitions: 1, configEntries: retention },
    { ...common, topic: letters, numPartitions: 1, configEntries: [{ name: 'cleanup.policy', value: 'compact' }] },
  ].filter(({ topic }) => !there.has(topic))
  if (wanted.length === 0) return
  try {
    await admin.createTopics({ topics: wanted, waitForLeaders: true })
  } catch (error) {
    const errors = (error as { errors?: unknown[] }).errors ?? [error]
    if (!errors.every(alreadyThere)) throw error
  }
}
