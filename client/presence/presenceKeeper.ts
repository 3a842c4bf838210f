import type { PresenceChanged, PresenceView } from '#schemas/messages/presence.ts'
import { PRESENCE_USERS, type PresenceChoice } from '#schemas/presence.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { createStore } from '../store.ts'
import { TimerGroup, type Timers } from '../timers.ts'
import type { Api, Store, UserLink } from '../types.ts'

export type PresenceKeeperDeps = {
  readonly link: Store<UserLink | null>
  readonly api: Api
  readonly timers: Timers
}

/** What screens ask for within a moment goes out as one question. */
const GATHER_MS = 100
const AGAIN_MS = 2_000

/**
 * Presence as screens hold it: what they look at is the union of what each of them watches, and is asked for again over
 * each new connection. Reports this device's idleness, and knows the user's own choice.
 */
export class PresenceKeeper {
  /** Of those who are watched and may be seen. */
  readonly view: Store<ReadonlyMap<string, PresenceView>>
  /** Null until it is known. */
  readonly choice: Store<PresenceChoice | null>
  readonly #view = createStore<ReadonlyMap<string, PresenceView>>(new Map())
  readonly #choice = createStore<PresenceChoice | null>(null)
  readonly #deps: PresenceKeeperDeps
  readonly #timers: TimerGroup
  readonly #watchers = new Set<readonly string[]>()
  readonly #stop: () => void
  #link: UserLink | null = null
  #idle = false
  #asked = ''
  #cancel: (() => void) | undefined

  constructor(deps: PresenceKeeperDeps) {
    this.#deps = deps
    this.#timers = new TimerGroup(deps.timers)
    this.view = this.#view
    this.choice = this.#choice
    this.#stop = deps.link.subscribe(() => this.#attach())
    this.#attach()
    void this.#readChoice()
  }

  /** Looks at these people until the answer is called. */
  watch(users: readonly string[]): () => void {
    const mine = [...users]
    this.#watchers.add(mine)
    this.#soon(GATHER_MS)
    return () => {
      if (this.#watchers.delete(mine)) this.#soon(GATHER_MS)
    }
  }

  /** Whether this device has had no input for a while, or is out of sight. */
  setIdle(idle: boolean): void {
    if (idle === this.#idle) return
    this.#idle = idle
    void this.#report()
  }

  /** Shown at once; taken back if it is refused. */
  async choose(choice: PresenceChoice): Promise<Refusal | null> {
    const before = this.#choice.get()
    this.#choice.set(choice)
    const answer = await this.#deps.api.send<{ choice: PresenceChoice }>('PATCH', '/api/me/presence', { choice })
    if (!isRefusal(answer)) return null
    if (this.#choice.get() === choice) this.#choice.set(before)
    return answer
  }

  close(): void {
    this.#stop()
    this.#watchers.clear()
    const link = this.#link
    if (link?.open && this.#asked !== '') void link.request('presence.watch', { users: [] })
    this.#link = null
    this.#timers.close()
  }

  #attach(): void {
    const link = this.#deps.link.get()
    if (!link || link === this.#link) return
    this.#link = link
    this.#asked = ''
    link.onPush<PresenceChanged>('presence.changed', ({ presences, hidden }) => {
      if (link !== this.#link) return
      const next = new Map(this.#view.get())
      for (const view of presences) next.set(view.userId, view)
      for (const user of hidden) next.delete(user)
      this.#view.set(next)
    })
    if (this.#idle) void this.#report()
    this.#soon(GATHER_MS)
  }

  /** The devices of one user agree on the choice only through the server. */
  async #readChoice(): Promise<void> {
    const answer = await this.#deps.api.get<{ choice: PresenceChoice }>('/api/me/presence')
    if (!isRefusal(answer)) this.#choice.set(answer.choice)
    else if (answer.refused !== 'unauthenticated') this.#timers.after(AGAIN_MS, () => void this.#readChoice())
  }

  async #report(): Promise<void> {
    const link = this.#link
    const idle = this.#idle
    if (!link?.open) return
    const answer = await link.request('presence.report', { idle })
    if (isRefusal(answer) && link === this.#link && idle === this.#idle)
      this.#timers.after(AGAIN_MS, () => void (link === this.#link && idle === this.#idle && this.#report()))
  }

  #soon(ms: number): void {
    this.#cancel ??= this.#timers.after(ms, () => {
      this.#cancel = undefined
      void this.#ask()
    })
  }

  async #ask(): Promise<void> {
    const link = this.#link
    if (!link?.open) return
    const users = [...new Set([...this.#watchers].flat())].slice(0, PRESENCE_USERS).sort()
    const key = users.join()
    if (key === this.#asked) return
    this.#asked = key
    const answer = await link.request<{ presences: PresenceView[] }>('presence.watch', { users })
    if (link !== this.#link || key !== this.#asked) return
    if (!isRefusal(answer)) return this.#view.set(new Map(answer.presences.map((view) => [view.userId, view])))
    this.#asked = ''
    this.#soon(AGAIN_MS)
  }
}
