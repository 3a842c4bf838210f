import type { InboxEntry, InboxPage } from '#schemas/api/inbox.ts'
import type { InboxMessage } from '#schemas/messages/inbox.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { createStore } from '../store.ts'
import { TimerGroup, type Timers } from '../timers.ts'
import type { Api, Store, StudyHub } from '../types.ts'

export type InboxKeeperDeps = Pick<StudyHub, 'link' | 'onInboxMessage'> & {
  readonly api: Api
  readonly timers: Timers
}

export type InboxView = {
  /** Ascending. */
  readonly entries: readonly InboxEntry[]
  readonly head: number
  readonly readThrough: number
  readonly unread: number
  readonly hasOlder: boolean
  /** False until the first page is there. */
  readonly loaded: boolean
}

const AGAIN_MS = 3_000
const start: InboxView = { entries: [], head: 0, readThrough: 0, unread: 0, hasOlder: false, loaded: false }

/**
 * The inbox as screens hold it. A message whose version is the next one is taken as it comes; any other, and each new
 * connection, makes it ask for what came after the newest number it has (I13): nothing is lost with a hint, nothing comes twice.
 */
export class InboxKeeper {
  readonly view: Store<InboxView>
  readonly #view = createStore<InboxView>(start)
  readonly #deps: InboxKeeperDeps
  readonly #timers: TimerGroup
  readonly #stops: (() => void)[]
  #version: number | null = null
  #asking = false
  #again = false
  #older = false

  constructor(deps: InboxKeeperDeps) {
    this.#deps = deps
    this.#timers = new TimerGroup(deps.timers)
    this.view = this.#view
    this.#stops = [
      deps.onInboxMessage((message) => this.#heard(message)),
      deps.link.subscribe(() => void this.#catchUp()),
    ]
    void this.#catchUp()
  }

  /** All that is here now has been looked at. */
  async markRead(): Promise<void> {
    const { head, unread } = this.#view.get()
    if (unread === 0) return
    this.#change({ readThrough: head, unread: 0 })
    const answer = await this.#deps.api.send<{ readThrough: number; unread: number }>('POST', '/api/inbox/read', {
      through: head,
    })
    if (isRefusal(answer)) this.#timers.after(AGAIN_MS, () => void this.#catchUp())
  }

  async loadOlder(): Promise<void> {
    const { entries, hasOlder } = this.#view.get()
    const first = entries[0]
    if (!hasOlder || !first || this.#older) return
    this.#older = true
    const page = await this.#deps.api.get<InboxPage>('/api/inbox', { before: first.number })
    this.#older = false
    if (isRefusal(page)) return
    this.#change({ entries: [...page.entries, ...this.#view.get().entries], hasOlder: page.more })
  }

  close(): void {
    for (const stop of this.#stops) stop()
    this.#timers.close()
  }

  #heard({ version, items, number, at }: InboxMessage): void {
    const before = this.#version
    if (before !== null && version <= before) return
    this.#version = version
    const { head, entries, unread, loaded } = this.#view.get()
    const [item] = items
    if (before === null || version !== before + 1 || !item || !loaded) return void this.#catchUp()
    // What is not kept has no number, and nothing to ask for.
    if (number === undefined) return
    if (number !== head + 1 || this.#asking) return void this.#catchUp()
    this.#change({
      entries: [...entries, { number, at: at ?? this.#timers.wall(), item }],
      head: number,
      unread: unread + 1,
    })
  }

  /** One question at a time; what is heard meanwhile makes another one. */
  async #catchUp(): Promise<void> {
    this.#again = true
    if (this.#asking) return
    this.#asking = true
    while (this.#again) {
      this.#again = false
      const { head, loaded } = this.#view.get()
      const page = await this.#deps.api.get<InboxPage>('/api/inbox', loaded ? { after: head, limit: 100 } : {})
      if (isRefusal(page)) {
        if (page.refused !== 'unauthenticated') this.#timers.after(AGAIN_MS, () => void this.#catchUp())
        break
      }
      const news = page.entries.filter((entry) => !loaded || entry.number > head)
      const newest = Math.max(head, loaded && page.more ? (news.at(-1)?.number ?? page.head) : page.head)
      this.#again ||= loaded && page.more
      this.#change({
        entries: [...this.#view.get().entries, ...news],
        head: newest,
        readThrough: page.readThrough,
        unread: page.unread,
        hasOlder: loaded ? this.#view.get().hasOlder : page.more,
        loaded: true,
      })
    }
    this.#asking = false
  }

  #change(part: Partial<InboxView>): void {
    this.#view.set({ ...this.#view.get(), ...part })
  }
}
