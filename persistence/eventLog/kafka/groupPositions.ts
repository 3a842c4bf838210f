import { setTimeout as sleep } from 'node:timers/promises'
import type { Admin } from 'kafkajs'
import type { KafkaSettings } from './kafkaSettings.ts'
import type { Topics } from './kafkaTopics.ts'

export interface GroupPositions {
  /** Events stored but not handled by the group, on every partition, whoever reads it. */
  lag(group: string): Promise<number>
  /** Resolves when the group has handled what is stored now; rejects when `gone` says that nobody waits any more. */
  caughtUp(group: string, gone: () => boolean): Promise<void>
}

/** The broker tells no one when a group moves on, so whoever waits asks again. */
const ASK_AGAIN_MS = 50
/** A group's keeper may move from broker to broker; as often is it looked for. */
const TRIES = 100
const passes = (error: unknown) => (error as { retriable?: boolean }).retriable === true

/** What the brokers answer once they know who is responsible: the library's admin client asks for that only once. */
async function settled<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left--) {
    try {
      return await ask()
    } catch (error) {
      if (left === 0 || !passes(error)) throw error
      await sleep(ASK_AGAIN_MS)
    }
  }
}

export function groupPositions(
  admin: Admin,
  topics: Topics,
  { prefix }: Pick<KafkaSettings, 'prefix'>,
): GroupPositions {
  const read = [topics.events, topics.again]

  async function ends() {
    const all = await Promise.all(
      read.map(async (topic) =>
        (await settled(() => admin.fetchTopicOffsets(topic))).map(({ partition, high, low }) => ({
          at: `${topic}/${partition}` as string,
          end: Number(high),
          begin: Number(low),
        })),
      ),
    )
    return all.flat()
  }

  async function handled(group: string) {
    const offsets = await settled(() => admin.fetchOffsets({ groupId: `${prefix}.${group}`, topics: read }))
    return new Map(
      offsets.flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, offset }) => [`${topic}/${partition}` as string, Number(offset)] as const),
      ),
    )
  }

  async function lagTo(group: string, goal: Awaited<ReturnType<typeof ends>>) {
    const at = await handled(group)
    // A group that has handled nothing of a partition has no offset there (-1): it begins with what is kept.
    return goal.reduce(
      (sum, { at: where, end, begin }) => sum + Math.max(0, end - Math.max(begin, at.get(where) ?? -1)),
      0,
    )
  }

  return {
    lag: async (group) => lagTo(group, await ends()),
    async caughtUp(group, gone) {
      const goal = await ends()
      while ((await lagTo(group, goal)) > 0) {
        if (gone()) throw new Error(`the group ${group} was stopped`)
        await sleep(ASK_AGAIN_MS)
      }
    },
  }
}
