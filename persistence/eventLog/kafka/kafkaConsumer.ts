import type { EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs'
import { type Envelope, envelopeSchema, MAX_EVENT_BYTES } from '#schemas/events/envelope.ts'
import type { Consumer, ConsumerGroup } from '../../ports/eventLog.ts'
import { within } from '../../process/within.ts'
import { type Delivery, deliver, type Trouble } from '../deliver.ts'
import { backoffMs, pauses } from '../pauses.ts'
import type { GroupPositions } from './groupPositions.ts'
import type { KafkaLetters } from './kafkaLetters.ts'
import { FAREWELL_MS, type KafkaSettings } from './kafkaSettings.ts'
import type { Topics } from './kafkaTopics.ts'

export type KafkaConsumerDeps = {
  readonly kafka: Kafka
  readonly settings: KafkaSettings
  readonly topics: Topics
  readonly letters: KafkaLetters
  readonly positions: GroupPositions
  report(trouble: Trouble): void
}

const HEARTBEAT_MS = 1000
/** Longest pause before a start: so much later than the brokers a reader may be back. */
const MOST_PAUSE_MS = 2000
/** A batch in flight has so long to end at a stop. */
const BATCH_MS = 5000

/** The broker has given the partition to another member meanwhile: what is left of the batch is his. */
const handedOver = (error: unknown) =>
  ['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID'].includes((error as { type?: string }).type ?? '')

type Unreadable = { readonly unreadable: Envelope; readonly why: string }

/** What somebody else has written into the topic is nobody's event: it is put aside, as its bytes. */
function envelopeIn({ value, offset }: KafkaMessage, where: string): Envelope | Unreadable {
  let why = 'no JSON'
  try {
    const read = envelopeSchema.safeParse(JSON.parse(value?.toString() ?? ''))
    if (read.success) return read.data
    why = 'no event'
  } catch {
    // Told below.
  }
  const raw = value?.subarray(0, MAX_EVENT_BYTES).toString('base64') ?? null
  const id = `${where}/${offset}`
  return {
    unreadable: { id, type: 'unreadable', version: 1, key: where, epoch: 0, seq: 1, at: 0, actor: null, data: raw },
    why,
  }
}

/**
 * One member of a group. The offset moves after the write (`resolveOffset`, then the commit with the uncommitted offsets named:
 * without them it commits nothing), so what was in flight when a member died comes again to the next one. While a batch is
 * handled, or an outage is waited for, heartbeats keep the partition; a member that lost it stops after the call in flight.
 */
export async function kafkaConsumer(group: ConsumerGroup, deps: KafkaConsumerDeps): Promise<Consumer> {
  const { kafka, settings, topics, letters, positions, report } = deps
  let stopped = false
  const consumer = kafka.consumer({
    groupId: `${settings.prefix}.${group.group}`,
    sessionTimeout: settings.sessionTimeoutMs,
    rebalanceTimeout: 2 * settings.sessionTimeoutMs,
    heartbeatInterval: HEARTBEAT_MS,
    metadataMaxAge: 3000,
    // A fetch gathers so long, unless there is much: taken one by one, events cost a worker almost three times as much.
    maxWaitTimeInMs: 200,
    minBytes: 64 * 1024,
    // After its own tries, and at a fault of its own at once, the library ends the consumer; `rise` starts it anew.
    retry: { retries: 5, restartOnFailure: async () => false },
  })
  const interrupts = new Set<() => void>()
  const inFlight = new Set<Promise<void>>()

  /** The pauses of one partition's delivery; ended by `stop` and by the loss of the partition. */
  function session(isRunning: () => boolean, heartbeat: () => Promise<void>) {
    const { pause, interrupt } = pauses()
    let lost: unknown = null
    interrupts.add(interrupt)
    const beat = setInterval(() => {
      heartbeat().catch((error: unknown) => {
        if (!handedOver(error)) return
        lost = error
        interrupt()
      })
    }, HEARTBEAT_MS)
    const ended = () => stopped || lost !== null || !isRunning()
    return {
      ended,
      lost: () => lost,
      pause: (ms: number) => (ended() ? Promise.resolve() : pause(ms)),
      close() {
        clearInterval(beat)
        interrupts.delete(interrupt)
      },
    }
  }

  /** True when all of `messages` are dealt with: handled, or put aside. */
  async function hand(messages: readonly KafkaMessage[], again: boolean, where: string, delivery: Delivery) {
    const events: Envelope[] = []
    for (const message of messages) {
      if (again && message.headers?.['group']?.toString() !== group.group) continue
      const read = envelopeIn(message, where)
      if ('unreadable' in read) await delivery.bury(read.unreadable, read.why)
      else events.push(read)
    }
    if (!again) return deliver(group, events, delivery)
    for (const event of events) {
      let buried = false
      const bury: Delivery['bury'] = (poisoned, reason) => {
        buried = true
        return delivery.bury(poisoned, reason)
      }
      if (!(await deliver(group, [event], { ...delivery, bury }))) return false
      if (!buried) await letters.settle(group.group, event.id)
    }
    return true
  }

  async function eachBatch(payload: EachBatchPayload) {
    const { batch, resolveOffset, heartbeat, commitOffsetsIfNecessary, uncommittedOffsets, isRunning, isStale } =
      payload
    const own = session(() => isRunning() && !isStale(), heartbeat)
    const delivery: Delivery = {
      bury: (event, reason) => letters.bury(group.group, event, reason),
      pause: own.pause,
      stopped: own.ended,
      report,
    }
    const where = `${batch.topic}/${batch.partition}`
    try {
      for (let from = 0; from < batch.messages.length && !own.ended(); from += group.batchSize) {
        const part = batch.messages.slice(from, from + group.batchSize)
        if (!(await hand(part, batch.topic === topics.again, where, delivery))) break
        const last = part.at(-1)
        if (last) resolveOffset(last.offset)
        await commitOffsetsIfNecessary(uncommittedOffsets())
      }
    } finally {
      own.close()
    }
    if (own.lost() !== null) throw own.lost()
  }

  let [down, rising] = [false, Promise.resolve()]
  const again = pauses()
  interrupts.add(again.interrupt)

  async function begin() {
    await consumer.connect()
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: settings.partitions,
      eachBatch(payload) {
        const batch = eachBatch(payload)
        const over = batch.catch(() => undefined).finally(() => inFlight.delete(over))
        inFlight.add(over)
        return batch
      },
    })
  }

  /**
   * Not by the library: it takes a fault of its own for final, as the one that its keeping of offsets has now and then while the group is
   * given out anew, and nobody would read on; and a start of its own that is under way goes on after a stop. A start that fails tells
   * of it as a crash, or rejects; in both cases the next one follows.
   */
  async function rise() {
    for (let attempt = 0; down && !stopped; attempt++) {
      await again.pause(Math.min(MOST_PAUSE_MS, backoffMs(attempt)))
      if (stopped) return
      down = false
      await begin().catch((error: unknown) => {
        down = true
        report({ group: group.group, attempt, error })
      })
    }
  }

  await consumer.connect()
  await consumer.subscribe({ topics: [topics.events, topics.again], fromBeginning: true })
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    report({ group: group.group, attempt: 0, error: payload.error })
    if (down) return
    down = true
    rising = rising.then(rise)
  })
  await begin()

  return {
    lag: () => positions.lag(group.group),
    caughtUp: () => positions.caughtUp(group.group, () => stopped),
    async stop() {
      stopped = true
      for (const interrupt of interrupts) interrupt()
      // A batch that cannot be ended, as a letter without brokers, comes again to whoever reads next.
      await within(BATCH_MS, [...inFlight])
      await within(FAREWELL_MS, [rising])
      await within(FAREWELL_MS, [consumer.disconnect()])
    },
  }
}
