import type { OpenCheck, OpenCheckAnswer } from '#schemas/api/checks.ts'
import { limits } from '#schemas/limits.ts'
import type { InboxItem, InboxMessage } from '#schemas/messages/inbox.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { createStore } from '../store.ts'
import { TimerGroup, type Timers } from '../timers.ts'
import type { Api, Store, StudyHub } from '../types.ts'

export type CheckKeeperDeps = Pick<StudyHub, 'link' | 'place' | 'onInboxMessage'> & {
  readonly api: Api
  readonly timers: Timers
}
/** A presence check that waits for an answer in a room where another device sits. */
export type ShownCheck = {
  readonly roomId: string
  readonly roomName: string
  readonly asked: number
  /** Monotonic milliseconds of this device, until when it may be answered. */
  readonly until: number
}

const AGAIN_MS = 3_000
/** Refusals after which there is nothing to answer any more. */
const over: readonly string[] = ['not_present', 'nothing_to_do']

/**
 * The presence check of this user where this device is not in the room that asks (T4); a device that is sees it in the
 * room's state. Messages are hints: after a gap, and over each new connection outside of a place, the server is asked (I13).
 */
export class CheckKeeper {
  readonly view: Store<ShownCheck | null>
  readonly #view = createStore<ShownCheck | null>(null)
  readonly #deps: CheckKeeperDeps
  readonly #timers: TimerGroup
  readonly #stops: (() => void)[]
  #version: number | null = null
  #question = 0
  #expire: (() => void) | undefined

  constructor(deps: CheckKeeperDeps) {
    this.#deps = deps
    this.#timers = new TimerGroup(deps.timers)
    this.view = this.#view
    this.#stops = [deps.onInboxMessage((message) => this.#heard(message)), deps.link.subscribe(() => void this.#ask())]
    void this.#ask()
  }

  /** Milliseconds left for what is shown. */
  leftMs({ until }: ShownCheck): number {
    return Math.max(0, until - this.#timers.mono())
  }

  /** "Still here", for the check that is shown. A refusal that says that it is over takes it away; any other leaves it. */
  async answer(): Promise<Refusal | null> {
    const check = this.#view.get()
    if (!check) return null
    const path = `/api/rooms/${encodeURIComponent(check.roomId)}/check`
    const answer = await this.#deps.api.send('POST', path, { asked: check.asked })
    if (isRefusal(answer) && !over.includes(answer.refused)) return answer
    this.#end(check.asked)
    return isRefusal(answer) ? answer : null
  }

  close(): void {
    for (const stop of this.#stops) stop()
    this.#timers.close()
  }

  #heard({ version, items }: InboxMessage): void {
    const before = this.#version
    if (before !== null && version <= before) return
    this.#version = version
    for (const item of items) this.#take(item)
    if (items.length === 0 || (before !== null && version !== before + 1)) void this.#ask()
  }

  #take(item: InboxItem): void {
    const shown = this.#view.get()
    // One is not asked any more in a room where one is not.
    if ((item.kind === 'removed' || item.kind === 'roomEnded') && item.roomId === shown?.roomId) this.#end(shown.asked)
    if (item.kind !== 'check') return
    // What is on its way knows less than this.
    this.#question++
    if (item.open) this.#show({ ...item, leftMs: limits.checkMs })
    else this.#end(item.asked)
  }

  async #ask(): Promise<void> {
    if (!this.#deps.link.get() || this.#deps.place.get().status === 'in') return
    const question = ++this.#question
    const answer = await this.#deps.api.get<OpenCheckAnswer>('/api/me/check')
    if (question !== this.#question) return
    if (!isRefusal(answer)) return answer.check ? this.#show(answer.check) : this.#end()
    if (answer.refused !== 'unauthenticated')
      this.#timers.after(AGAIN_MS, () => void (question === this.#question && this.#ask()))
  }

  #show({ roomId, roomName, asked, leftMs }: OpenCheck): void {
    this.#expire?.()
    this.#view.set({ roomId, roomName, asked, until: this.#timers.mono() + leftMs })
    this.#expire = this.#timers.after(leftMs, () => this.#end(asked))
  }

  #end(asked?: number): void {
    const shown = this.#view.get()
    if (!shown || (asked !== undefined && asked !== shown.asked)) return
    this.#expire?.()
    this.#view.set(null)
  }
}
