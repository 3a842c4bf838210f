import type { HistoryPage } from '#schemas/api/rooms.ts'
import { limits } from '#schemas/limits.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import { isRefusal } from '#schemas/refusals.ts'
import type { TimerGroup } from '../timers.ts'
import type { Api } from '../types.ts'
import type { Timeline } from './timeline.ts'

const PAGE = 100
/** Unanswered for so often, holes are shown as they are; they go on being asked for. */
const PATIENCE = 3
const AGAIN_MS = 1_000
const AGAIN_AT_MOST_MS = 15_000
/** Pages that a jump to one message may load. */
const JUMP_PAGES = 100

export type HistoryDeps = {
  readonly roomId: string
  readonly api: Api
  readonly timers: TimerGroup
  readonly timeline: Timeline
  /** Messages came in. */
  took(messages: readonly ChatMessage[]): void
  /** `loadingOlder` or `patient` has changed. */
  changed(): void
}

/** Brings what the window does not hold: older pages on demand, and holes by itself (§5.3). */
export class History {
  readonly #deps: HistoryDeps
  #older: Promise<void> | null = null
  #filling = false
  #failures = 0
  #noOlder = false

  constructor(deps: HistoryDeps) {
    this.#deps = deps
  }

  get loadingOlder(): boolean {
    return this.#older !== null
  }
  get hasOlder(): boolean {
    return this.#deps.timeline.hasOlder && !this.#noOlder
  }
  /** While true, what stands after a hole is not shown yet: the hole is being filled. */
  get patient(): boolean {
    return this.#failures < PATIENCE
  }

  loadOlder(limit: number = limits.historyPage): Promise<void> {
    this.#older ??= this.#loadOlder(limit).finally(() => {
      this.#older = null
      this.#deps.changed()
    })
    return this.#older
  }

  async loadAround(number: number): Promise<boolean> {
    const { timeline } = this.#deps
    if (number < 1 || number > timeline.head) return false
    const wanted = Math.max(1, number - limits.historyPage / 2)
    for (let page = 0; timeline.floor > wanted && page < JUMP_PAGES; page++) {
      const before = timeline.floor
      await this.loadOlder(PAGE)
      if (timeline.floor === before) break
    }
    return timeline.get(number) !== undefined
  }

  /** Asks for missing numbers until none is missing. */
  async fill(): Promise<void> {
    if (this.#filling) return
    this.#filling = true
    for (let hole = this.#deps.timeline.holes()[0]; hole; hole = this.#deps.timeline.holes()[0]) {
      const page = await this.#page({ after: hole.from - 1, limit: Math.min(PAGE, hole.to - hole.from + 1) })
      const useful = page?.messages.some((m) => m.number >= hole.from && m.number <= hole.to) ?? false
      if (page) this.#deps.took(page.messages)
      if (useful) this.#failed(0)
      else {
        this.#failed(this.#failures + 1)
        await this.#deps.timers.sleep(Math.min(AGAIN_AT_MOST_MS, AGAIN_MS * this.#failures))
      }
    }
    this.#filling = false
    this.#failed(0)
  }

  /** Reads all that is loaded below the window again: what changed meanwhile could not be told one by one. */
  async reload(below: number): Promise<boolean> {
    for (let after = this.#deps.timeline.floor - 1; after < below - 1; ) {
      const page = await this.#page({ after, limit: PAGE })
      const last = page?.messages.at(-1)?.number
      if (!page || last === undefined || last <= after) return false
      this.#deps.took(page.messages)
      after = last
    }
    return true
  }

  async #loadOlder(limit: number): Promise<void> {
    const { timeline } = this.#deps
    if (!this.hasOlder) return
    this.#deps.changed()
    const page = await this.#page({ before: timeline.floor, limit })
    if (!page) return
    if (page.messages.length === 0) this.#noOlder = page.complete
    timeline.extend(page.messages)
    this.#deps.took(page.messages)
    void this.fill()
  }

  async #page(query: { before?: number; after?: number; limit: number }): Promise<HistoryPage | null> {
    const answer = await this.#deps.api.get<HistoryPage>(`/api/rooms/${this.#deps.roomId}/messages`, query)
    return isRefusal(answer) ? null : answer
  }

  #failed(times: number): void {
    const before = this.patient
    this.#failures = times
    if (before !== this.patient) this.#deps.changed()
  }
}
