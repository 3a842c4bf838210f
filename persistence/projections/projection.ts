import { type Event, type EventType, parseEvent } from '#schemas/events/catalogue.ts'
import type { Envelope } from '#schemas/events/envelope.ts'
import { type ConsumerGroup, Poison } from '../ports/eventLog.ts'

export type ProjectionOf<K extends EventType> = {
  /** Name of the consumer group; it keeps the offset, so it never changes. */
  readonly group: string
  /** The event types it reads; all others are passed over unread. */
  readonly types: readonly K[]
  /** Writes what the events say, once and for all when it resolves; the same events may come again, cut otherwise. */
  apply(events: readonly Event<K>[]): Promise<void>
}

const BATCH = 500

/** A known type in a form that this release cannot read: a newer one must take over, so the partition waits. */
export class UnknownVersion extends Error {
  override readonly name = 'UnknownVersion'
  readonly eventId: string
  constructor(event: Envelope) {
    super(
      `event ${event.id} (${event.key} ${event.seq}) is ${event.type} version ${event.version}, which is not known here`,
    )
    this.eventId = event.id
  }
}

/**
 * A read model as a consumer group. Types that are not read are passed over; data against its schema goes to the dead
 * letters; an unknown version stops the partition. What comes before such an event is written first.
 */
export function projection<K extends EventType>({ group, types, apply }: ProjectionOf<K>): ConsumerGroup {
  const wanted: ReadonlySet<string> = new Set(types)
  return {
    group,
    batchSize: BATCH,
    async handle(batch) {
      const events: Event<K>[] = []
      let obstacle: Error | null = null
      for (const envelope of batch) {
        if (!wanted.has(envelope.type)) continue
        const parsed = parseEvent(envelope)
        if (parsed.ok) events.push(parsed.event as Event<K>)
        else if (parsed.why !== 'unknownType') {
          obstacle = parsed.why === 'badData' ? new Poison(envelope.id, parsed.detail) : new UnknownVersion(envelope)
          break
        }
      }
      if (events.length > 0) await apply(events)
      if (obstacle) throw obstacle
    },
  }
}
