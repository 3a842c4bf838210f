import { createStore } from '../store.ts'
import { TimerGroup, type Timers } from '../timers.ts'
import type { Store } from '../types.ts'

export const IDLE_AFTER_MS = 5 * 60_000

/** Whether this device is idle: out of sight, or without input for five minutes. */
export class Idleness {
  readonly idle: Store<boolean>
  readonly #idle = createStore(false)
  readonly #timers: TimerGroup
  #inputAt: number
  #hidden = false
  #cancel: (() => void) | undefined

  constructor(timers: Timers, hidden: boolean) {
    this.#timers = new TimerGroup(timers)
    this.idle = this.#idle
    this.#inputAt = timers.mono()
    this.#hidden = hidden
    this.#look()
  }

  /** The person has done something here. Cheap: may be called at each movement of a mouse. */
  input(): void {
    this.#inputAt = this.#timers.mono()
    if (this.#idle.get()) this.#look()
  }

  /** The page has come into sight or gone out of it; to look at it again is an input. */
  sight(hidden: boolean): void {
    this.#hidden = hidden
    if (!hidden) this.#inputAt = this.#timers.mono()
    this.#look()
  }

  close(): void {
    this.#timers.close()
  }

  #look(): void {
    this.#cancel?.()
    const quietMs = this.#timers.mono() - this.#inputAt
    const idle = this.#hidden || quietMs >= IDLE_AFTER_MS
    this.#idle.set(idle)
    if (!idle) this.#cancel = this.#timers.after(IDLE_AFTER_MS - quietMs, () => this.#look())
  }
}
