import { limits } from '#schemas/limits.ts'
import { isRefusal } from '#schemas/refusals.ts'
import type { TimerGroup } from '../timers.ts'
import type { StudyRequest } from '../types.ts'
import { type Asked, sameAsked } from './layers.ts'

/** At most one request in this time, whatever is scrolled. */
export const SETTINGS_MS = 200
/** What was refused is asked again after this time. */
const AGAIN_MS = 1_000

/** Tells the SFU what to send of each consumer: the last wish of each, many in one request, one request at a time. */
export class ConsumerSettings {
  readonly #request: StudyRequest
  readonly #timers: TimerGroup
  readonly #wanted = new Map<string, Asked>()
  /** What the SFU has; a new consumer is paused. */
  readonly #told = new Map<string, Asked>()
  #lastAt = Number.NEGATIVE_INFINITY
  #asking = false
  #cancel: (() => void) | null = null

  constructor(request: StudyRequest, timers: TimerGroup) {
    this.#request = request
    this.#timers = timers
  }

  want(consumer: string, asked: Asked): void {
    this.#wanted.set(consumer, asked)
    if (!this.#told.has(consumer)) this.#told.set(consumer, { paused: true })
    if (!sameAsked(asked, this.#told.get(consumer))) this.#schedule(SETTINGS_MS)
  }

  forget(consumer: string): void {
    this.#wanted.delete(consumer)
    this.#told.delete(consumer)
  }

  #schedule(gap: number): void {
    if (this.#asking || this.#cancel) return
    const wait = Math.max(0, this.#lastAt + gap - this.#timers.mono())
    this.#cancel = this.#timers.after(wait, () => {
      this.#cancel = null
      void this.#tell()
    })
  }

  async #tell(): Promise<void> {
    const open = [...this.#wanted].filter(([id, asked]) => !sameAsked(asked, this.#told.get(id)))
    const batch = open.slice(0, limits.mediaConsumersAtOnce)
    if (batch.length === 0) return
    this.#asking = true
    this.#lastAt = this.#timers.mono()
    const consumers = batch.map(([consumer, asked]) => ({ consumer, ...asked }))
    const reply = await this.#request('media.setConsumers', { consumers })
    this.#asking = false
    if (isRefusal(reply)) return this.#schedule(AGAIN_MS)
    for (const [id, asked] of batch) if (this.#told.has(id)) this.#told.set(id, asked)
    if (open.length > batch.length || this.#changed()) this.#schedule(SETTINGS_MS)
  }

  #changed(): boolean {
    return [...this.#wanted].some(([id, asked]) => !sameAsked(asked, this.#told.get(id)))
  }
}
