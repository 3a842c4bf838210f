import { closeCodes } from '#schemas/closeCodes.ts'
import type { InboxMessage } from '#schemas/messages/inbox.ts'
import type { LobbyChanged, RoomCard, RoomPage, RoomQuery } from '#schemas/messages/lobby.ts'
import { isRefusal } from '#schemas/refusals.ts'
import type { LobbyShape } from '#schemas/roomShapes.ts'
import type { LobbyState } from '#schemas/state/lobbyState.ts'
import { backoffMs } from '../backoff.ts'
import { Clock } from '../clock.ts'
import type { Link } from '../connection/link.ts'
import type { HubSetup } from '../options.ts'
import { enterSeat, isPassing } from '../place/enterSeat.ts'
import { createStore } from '../store.ts'
import { TimerGroup } from '../timers.ts'
import type { Api, LobbyHandle, LobbyView, Store, UserLink } from '../types.ts'
import { changeCards, changePage, readAgain } from './changePage.ts'

type LobbyLink = Link<LobbyShape, LobbyState>

export type LobbyDeps = {
  readonly setup: HubSetup
  readonly api: Api
  inbox(message: InboxMessage): void
  /** A connection has opened. */
  linked(link: UserLink): void
  signedOut(): void
}

/** Without a socket the watched page is asked for this often. */
const POLL_MS = 4_000
/** Who goes straight into a room does not pass through the lobby. */
const SETTLE_MS = 250

/**
 * The lobby as screens hold it. A signed-in device that is in no place sits in it by a socket, which also carries its inbox
 * (I1); otherwise (signed out, or in a place) the page is polled while somebody watches.
 */
export class LobbyKeeper implements LobbyHandle {
  readonly view: Store<LobbyView>
  readonly #store = createStore<LobbyView>(start)
  readonly #deps: LobbyDeps
  readonly #timers: TimerGroup
  readonly #clock: Clock
  #watchers = 0
  #link: LobbyLink | null = null
  #mode: 'socket' | 'poll' | 'off' = 'off'
  /** Rises with each change of mode: what was under way before is void. */
  #step = 0
  #looks = 0
  #cancel = () => {}
  /** How many rooms the filter found when the page was read, less those of it that ended. */
  #counted = 0

  constructor(deps: LobbyDeps) {
    this.#deps = deps
    this.#timers = new TimerGroup(deps.setup.timers)
    this.#clock = new Clock(deps.setup.timers)
    this.view = {
      get: this.#store.get,
      subscribe: (changed) => {
        const stop = this.#store.subscribe(changed)
        if (this.#watchers++ === 0 && this.#mode === 'poll') this.#poll(this.#step)
        let watching = true
        return () => {
          stop()
          if (watching) this.#watchers--
          watching = false
        }
      },
    }
  }

  now(): number {
    return this.#clock.now()
  }

  /** Sits in the lobby (`socket`) or only looks in (`poll`). */
  be(mode: 'socket' | 'poll'): void {
    if (mode === this.#mode) return
    this.#mode = mode
    const step = ++this.#step
    this.#cancel()
    this.#away()
    if (mode === 'socket') {
      this.#change({ connection: 'connecting' })
      this.#cancel = this.#timers.after(SETTLE_MS, () => void this.#connect(step, 0))
    } else if (this.#watchers > 0) this.#poll(step)
  }

  async look(query: Partial<RoomQuery>): Promise<void> {
    this.#change({ query: merge(this.#store.get().query, query) })
    await this.#read(true)
  }

  close(): void {
    this.#step++
    this.#mode = 'off'
    this.#cancel()
    this.#link?.drop()
    this.#link = null
    this.#clock.close()
    this.#timers.close()
  }

  #away(): void {
    const link = this.#link
    this.#link = null
    this.#clock.pause()
    if (link) void link.leave()
  }

  async #connect(step: number, attempt: number): Promise<void> {
    const { setup, api } = this.#deps
    const link = await enterSeat<LobbyShape, LobbyState>(setup, api, '/api/lobby/enter', undefined)
    if (step !== this.#step) {
      if (!isRefusal(link)) void link.leave()
      return
    }
    if (isRefusal(link)) {
      if (link.refused === 'unauthenticated') return this.#deps.signedOut()
      if (attempt > 0) this.#change({ connection: 'reconnecting' })
      if (link.refused === 'outdated') return
      const wait = isPassing(link) ? backoffMs(attempt, setup.random) : 5_000
      this.#cancel = this.#timers.after(wait, () => void this.#connect(step, attempt + 1))
      return
    }
    this.#hold(link, step)
  }

  #hold(link: LobbyLink, step: number): void {
    this.#link = link
    link.onPush<InboxMessage>('inbox', (message) => {
      this.#deps.inbox(message)
      // Groups may have been joined or lost; an empty message only says that something was missed.
      if (message.items.length === 0 || message.items.some(({ kind }) => kind === 'group')) void this.#groups(link)
    })
    link.onPush<LobbyChanged>('lobby.changed', (changed) => {
      const { page, groupRooms } = this.#store.get()
      this.#change({ groupRooms: changeCards(groupRooms, changed) })
      if (page) this.#shows(changePage(page, changed))
    })
    link.onPatch = () => this.#counts(link.state)
    link.onEnd = (code) => {
      if (step !== this.#step) return
      this.#link = null
      this.#clock.pause()
      if (code === closeCodes.signedOut) return this.#deps.signedOut()
      this.#change({ connection: 'reconnecting' })
      const wait = this.#deps.setup.random() * 500
      this.#cancel = this.#timers.after(wait, () => void this.#connect(step, 0))
    }
    this.#counts(link.state)
    this.#change({ connection: 'live' })
    this.#deps.linked(link)
    void this.#clock.follow(() => link.request('clock.sync', {}))
    void this.#read()
    void this.#groups(link)
  }

  /** Looks at the rooms of one's own groups; their changes come with the page's from then on. */
  async #groups(link: LobbyLink): Promise<void> {
    const answer = await link.request<{ rooms: RoomCard[] }>('lobby.groups', {})
    if (!isRefusal(answer) && link === this.#link) this.#change({ groupRooms: answer.rooms })
  }

  #counts({ online, studying, rooms }: LobbyState): void {
    this.#change({ online, studying, rooms })
  }

  /** Reads the page looked at, by the socket or by HTTP; only the newest look counts. Without `anew` cards keep their places. */
  async #read(anew = false): Promise<void> {
    const look = ++this.#looks
    const { query } = this.#store.get()
    const link = this.#link
    const page = link
      ? await link.request<RoomPage>('lobby.view', query)
      : await this.#deps.api.get<RoomPage>('/api/rooms', query)
    if (look !== this.#looks) return
    if (!isRefusal(page)) {
      if (!link) this.#change({ connection: 'live', rooms: page.total })
      const before = this.#store.get().page
      return this.#shows(anew || !before ? page : readAgain(before, page), anew || !before)
    }
    // A cursor of another sort or of an old address: the first page then.
    if (page.refused === 'invalid' && query.cursor !== undefined) return this.look({})
    if (!link) return this.#change({ connection: 'reconnecting' })
    // The limit was hit, or the place is frozen: the page on the screen stays and is asked for again.
    if (link.open) this.#timers.after(1_000, () => void (look === this.#looks && this.#read(anew)))
  }

  #shows(page: RoomPage, anew = false): void {
    const before = this.#store.get().page?.rooms.length ?? 0
    if (anew) this.#counted = page.total
    else this.#counted -= Math.max(0, before - page.rooms.length)
    this.#change({ page, fresh: Math.max(0, page.total - this.#counted) })
    // On an empty page nothing can jump: what came is shown at once.
    if (!anew && page.rooms.length === 0 && page.total > 0) void this.#read(true)
  }

  #poll(step: number): void {
    if (step !== this.#step || this.#watchers === 0) return
    void this.#read().then(() => {
      if (step !== this.#step) return
      this.#cancel()
      this.#cancel = this.#timers.after(POLL_MS, () => this.#poll(step))
    })
  }

  #change(part: Partial<LobbyView>): void {
    const view = this.#store.get()
    const next = { ...view, ...part }
    const same = (Object.keys(part) as (keyof LobbyView)[]).every((key) => next[key] === view[key])
    if (!same) this.#store.set(next)
  }
}

const start: LobbyView = {
  connection: 'connecting',
  online: 0,
  studying: 0,
  rooms: 0,
  page: null,
  groupRooms: [],
  fresh: 0,
  query: { q: '', sort: 'newest', enterable: false, limit: 24 },
}

/** Another filter starts at its first page. A key given as undefined is taken away. */
function merge(before: RoomQuery, change: Partial<RoomQuery>): RoomQuery {
  const { cursor: _, ...rest } = before
  const merged = { ...rest, ...change }
  for (const key of Object.keys(merged) as (keyof RoomQuery)[]) if (merged[key] === undefined) delete merged[key]
  return merged as RoomQuery
}
