import type { Envelope } from '#schemas/events/envelope.ts'

/**
 * The event log: durable, ordered per key, consumer groups, at least once, dead letters (DESIGN §3, §5.8).
 * Numbers of one key reach each group in order; an event may come again after a crash, so handlers write only what is
 * newer (§5.4).
 */
export interface EventLog {
  /** Stores events (all of one key, in order of seq). Resolves when they are durable; a repeat changes nothing. */
  publish(events: readonly Envelope[]): Promise<void>
  /**
   * Starts a member of a consumer group. `handle` is called with batches in order; the group's offset moves after it
   * resolves. If it rejects with `Poison` the named event goes to the dead letters with its reason and the partition
   * goes on; with any other error the same batch is tried again, with backoff, until it succeeds (an outage is waited for).
   */
  consume(group: ConsumerGroup): Promise<Consumer>
  /** Dead letters of a group, newest first. */
  deadLetters(group: string, limit: number): Promise<readonly DeadLetter[]>
  /** Gives dead letters to the group again; returns how many. */
  replayDeadLetters(group: string): Promise<number>
  close(): Promise<void>
}

export type ConsumerGroup = {
  readonly group: string
  readonly batchSize: number
  handle(batch: readonly Envelope[]): Promise<void>
}

export interface Consumer {
  /** Committed but not yet handled events of the group: its lag. */
  lag(): Promise<number>
  /** Resolves when all that was published before the call has been handled. */
  caughtUp(): Promise<void>
  /** Ends after the batch in flight. */
  stop(): Promise<void>
}

export type DeadLetter = {
  readonly group: string
  readonly event: Envelope
  readonly reason: string
  readonly at: number
}

/** A known event that cannot be handled, ever: it is put aside and the partition goes on. */
export class Poison extends Error {
  override readonly name = 'Poison'
  readonly eventId: string
  constructor(eventId: string, reason: string) {
    super(reason)
    this.eventId = eventId
  }
}
