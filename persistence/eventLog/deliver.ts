import type { Envelope } from '#schemas/events/envelope.ts'
import { type ConsumerGroup, Poison } from '../ports/eventLog.ts'
import { backoffMs } from './pauses.ts'

export type Trouble = { readonly group: string; readonly attempt: number; readonly error: unknown }

export type Delivery = {
  /** Puts one event aside for good; resolves when that is durable. */
  bury(event: Envelope, reason: string): Promise<void>
  /** Waits before the next try; may be cut short. */
  pause(ms: number): Promise<void>
  stopped(): boolean
  report(trouble: Trouble): void
}

/**
 * Hands a batch over until it is dealt with; true unless stopped before. Ordering: nothing later is handed over meanwhile.
 * Giving up: never on an outage; a `Poison` event is buried and the rest of its batch is handed over again without it, so
 * handlers must know an event that they have written already (§5.4).
 */
export async function deliver(
  group: Pick<ConsumerGroup, 'group' | 'handle'>,
  batch: readonly Envelope[],
  delivery: Delivery,
): Promise<boolean> {
  let left = batch
  for (let attempt = 0; left.length > 0; ) {
    if (delivery.stopped()) return false
    try {
      await group.handle(left)
      return true
    } catch (error) {
      const poisoned = error instanceof Poison ? left.find((event) => event.id === error.eventId) : undefined
      if (poisoned) {
        await delivery.bury(poisoned, (error as Poison).message)
        left = left.filter((event) => event !== poisoned)
        attempt = 0
        continue
      }
      delivery.report({ group: group.group, attempt, error })
      await delivery.pause(backoffMs(attempt++))
    }
  }
  return true
}
