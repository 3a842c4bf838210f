import type { Timers } from './timers.ts'

/** One timer per actor, for whatever is due next. Setting it again replaces it. */
export class Wake {
  readonly #timers: Timers
  readonly #run: () => void
  #cancel: (() => void) | undefined
  #at: number | null = null

  constructor(timers: Timers, run: () => void) {
    this.#timers = timers
    this.#run = run
  }

  /** `at` and `now` are milliseconds of the place's clock; null: nothing is due. */
  set(at: number | null, now: number): void {
    if (at === this.#at) return
    this.#cancel?.()
    this.#cancel = undefined
    this.#at = at
    if (at === null) return
    this.#cancel = this.#timers.after(at - now, () => {
      this.#at = null
      this.#run()
    })
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
    this.#at = null
  }
}
