import type { RefusalCode } from '#schemas/refusals.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { Decision, Moment } from './types.ts'

/** A command that waits for its turn. */
export type Queued<P> = {
  readonly decide: (place: P, at: Moment) => Decision<unknown>
  /** User who asked, for the event's `actor`; null for the place itself. */
  readonly by: string | null
  /** Answers once; later calls do nothing. */
  settle(answer: unknown): void
  /** Leaves and drops: they are facts, not wishes, and wait however long the ledger is away. */
  readonly must: boolean
  /** Monotonic milliseconds. */
  readonly since: number
  /** Joins: they let others of their kind gather into one turn. */
  readonly patient: boolean
}

/** Commands of one turn. */
export const TURN_SIZE = 50
/** Commands that may wait while the ledger is away (I5). */
export const FROZEN_QUEUE = 500
/** And how long, in milliseconds. */
export const FROZEN_WAIT_MS = 5000
/** Commands that may wait otherwise; limits per user keep it far below. */
const QUEUE = 5000

/** The commands of a place in order of arrival, bounded; what happens at the bound is a refusal (I5). */
export class CommandQueue<P> {
  #waiting: Queued<P>[] = []
  #closed: RefusalCode | undefined
  frozen = false

  get size(): number {
    return this.#waiting.length
  }

  /** Something waits, and nothing that is in a hurry. */
  get isPatient(): boolean {
    return this.#waiting.length > 0 && this.#waiting.every((command) => command.patient)
  }
  /** The refusal, if it may not wait. */
  push(command: Queued<P>): Refusal | undefined {
    if (this.#closed) return refuse(this.#closed)
    if (!command.must && this.frozen && this.#waiting.length >= FROZEN_QUEUE) return refuse('frozen')
    if (!command.must && this.#waiting.length >= QUEUE) return refuse('unavailable')
    this.#waiting.push(command)
    return undefined
  }

  take(): Queued<P>[] {
    return this.#waiting.splice(0, TURN_SIZE)
  }

  /** Refuses those that have waited too long for a ledger that is away. */
  expire(now: number): void {
    const old = (c: Queued<P>) => !c.must && now - c.since >= FROZEN_WAIT_MS
    const expired = this.#waiting.filter(old)
    if (expired.length === 0) return
    this.#waiting = this.#waiting.filter((c) => !old(c))
    for (const command of expired) command.settle(refuse('frozen'))
  }

  /** From now on nothing is taken; what waits is answered with the reason. An actor that has stopped still answers. */
  close(why: RefusalCode): void {
    this.#closed ??= why
    for (const command of this.#waiting.splice(0)) command.settle(refuse(this.#closed))
  }

  /** Refuses newcomers but keeps what waits, for an orderly end. */
  seal(why: RefusalCode): void {
    this.#closed ??= why
  }
}
