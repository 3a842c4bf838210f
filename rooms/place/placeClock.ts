import { realTimers, type Timers } from './timers.ts'

/**
 * A place's clock (§5.6): the ledger's clock at the claim, moved on by the monotonic clock, in whole milliseconds, and
 * never before the last event of the place. Changes of the system's time do not reach it.
 */
export class PlaceClock {
  readonly #timers: Timers
  readonly #offset: number
  #floor: number

  constructor(ledgerNow: number, lastEventAt: number, timers: Timers = realTimers) {
    this.#timers = timers
    this.#offset = ledgerNow - timers.monotonic()
    this.#floor = lastEventAt
  }

  now(): number {
    this.#floor = Math.max(this.#floor, Math.floor(this.#offset + this.#timers.monotonic()))
    return this.#floor
  }
}
