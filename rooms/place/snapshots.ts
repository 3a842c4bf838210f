import type { Ledger } from '#persistence/ports/ledger.ts'
import type { Timers } from './timers.ts'

const EVENTS = 500
const AFTER_MS = 60_000

export type SnapshotDeps = {
  readonly ledger: Pick<Ledger, 'snapshot'>
  readonly timers: Timers
  readonly place: string
  readonly epoch: number
  /** The whole kept state, between turns. */
  body(): string
  failed(error: unknown): void
}

/** Decides when a place is kept as a whole: every 500 events or 60 s after a change, and when it goes to sleep. */
export class Snapshots {
  readonly #deps: SnapshotDeps
  #kept: number
  #changedAt = 0

  constructor(deps: SnapshotDeps, kept: number) {
    this.#deps = deps
    this.#kept = kept
  }

  /** After a turn with events; `version` is the newest committed number. A failed one is taken again later. */
  changed(version: number): void {
    const now = this.#deps.timers.monotonic()
    if (this.#changedAt === 0) this.#changedAt = now
    if (version - this.#kept < EVENTS && now - this.#changedAt < AFTER_MS) return
    this.take(version).catch((error: unknown) => this.#deps.failed(error))
  }

  /** Keeps the place now, unless that version is kept already. Between turns only. */
  async take(version: number): Promise<void> {
    if (version === this.#kept) return
    const before = this.#kept
    this.#kept = version
    this.#changedAt = 0
    try {
      await this.#deps.ledger.snapshot(this.#deps.place, this.#deps.epoch, version, this.#deps.body())
    } catch (error) {
      this.#kept = Math.min(this.#kept, before)
      throw error
    }
  }
}
