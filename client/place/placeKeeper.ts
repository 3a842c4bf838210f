import { closeCodes } from '#schemas/closeCodes.ts'
import type { InboxMessage } from '#schemas/messages/inbox.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import type { StudyShape } from '#schemas/roomShapes.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import { backoffMs } from '../backoff.ts'
import type { HubSetup } from '../options.ts'
import { createStore } from '../store.ts'
import { TimerGroup } from '../timers.ts'
import type { Api, PlaceView, Store, UserLink } from '../types.ts'
import { comeBack } from './comeBack.ts'
import { enterSeat, isPassing } from './enterSeat.ts'
import type { PlaceHandle, PlaceLink } from './placeHandle.ts'
import { afterClose, afterRefusal } from './verdicts.ts'

/** What a room needs comes with the first entry, before a seat is asked for: a lobby does without. Null: not to be had now. */
const loadHandle = () =>
  import('./placeHandle.ts').then(
    (m) => m.PlaceHandle,
    () => null,
  )

/** A first entry is tried this often before the person is told. */
const TRIES = 4

export type PlaceDeps = {
  readonly setup: HubSetup
  readonly api: Api
  /** The signed-in user's id, null if none. */
  me(): string | null
  inbox(message: InboxMessage): void
  /** A connection has opened. */
  linked(link: UserLink): void
  /** The server says that the account session has ended. */
  signedOut(): void
}

type Stay = {
  readonly roomId: string
  readonly password: string | undefined
  readonly handle: PlaceHandle
  link: PlaceLink
  /** Closed as taken over while a move of our own was under way: by that move, if it succeeds. */
  takenOver?: number
}

/**
 * The one place this client is in (I1). Each deliberate step (enter, leave, sign-out) makes what was under way before it
 * void: its outcome is dropped, and a connection that comes too late is closed again.
 */
export class PlaceKeeper {
  readonly view: Store<PlaceView>
  readonly #store = createStore<PlaceView>({ status: 'none' })
  readonly #deps: PlaceDeps
  readonly #timers: TimerGroup
  #step = 0
  #moves = 0
  #stay: Stay | null = null
  #password: string | undefined

  constructor(deps: PlaceDeps) {
    this.view = this.#store
    this.#deps = deps
    this.#timers = new TimerGroup(deps.setup.timers)
  }

  async enter(roomId: string, password: string | undefined): Promise<PlaceView> {
    const before = this.#store.get()
    if (this.#stay?.roomId === roomId && before.status === 'in') return before
    const me = this.#deps.me()
    if (me === null) return this.#refused(roomId, refuse('unauthenticated'))
    const step = ++this.#step
    this.#password = password
    if (!this.#stay) this.#store.set({ status: 'entering', roomId })
    const Handle = await loadHandle()
    this.#moves++
    const entered = Handle ? await this.#tryToEnter(roomId, password, step) : refuse('unavailable')
    this.#moves--
    if (step !== this.#step) {
      if (!isRefusal(entered)) void entered.leave()
      return this.#store.get()
    }
    if (!Handle || isRefusal(entered)) {
      const stay = this.#stay
      if (stay?.takenOver !== undefined) this.#ended(stay, stay.takenOver)
      return this.#refused(roomId, isRefusal(entered) ? entered : refuse('unavailable'))
    }
    const left = this.#stay
    const { setup, api } = this.#deps
    const handle = new Handle({ setup, api, roomId, me }, entered)
    this.#stay = { roomId, password, handle, link: entered }
    this.#hold(this.#stay, entered)
    this.#show('live')
    if (left) this.#say(left)
    return this.#store.get()
  }

  async leave(): Promise<void> {
    this.#step++
    const stay = this.#stay
    this.#stay = null
    this.#store.set({ status: 'none' })
    if (stay) await this.#say(stay)
  }

  async continueHere(): Promise<PlaceView> {
    const view = this.#store.get()
    return view.status === 'elsewhere' ? this.enter(view.roomId, this.#password) : view
  }

  /** Nobody is signed in any more, or somebody else. */
  signedOut(): void {
    const { status } = this.#store.get()
    if (status !== 'none' && status !== 'signedOut') this.#end({ status: 'signedOut' })
  }

  /** As a closed page does: the seat is kept for a while. */
  close(): void {
    this.#end({ status: 'none' })
    this.#timers.close()
  }

  async #tryToEnter(roomId: string, password: string | undefined, step: number): Promise<PlaceLink | Refusal> {
    for (let i = 1; ; i++) {
      const entered = await this.#seat(roomId, password)
      if (!isRefusal(entered) || !isPassing(entered) || i === TRIES || step !== this.#step) return entered
      await this.#timers.sleep(backoffMs(i, this.#deps.setup.random))
    }
  }

  #seat(roomId: string, password: string | undefined): Promise<PlaceLink | Refusal> {
    const { setup, api } = this.#deps
    return enterSeat<StudyShape, StudyState>(setup, api, `/api/rooms/${encodeURIComponent(roomId)}/enter`, password)
  }

  #refused(roomId: string, refusal: Refusal): PlaceView {
    const view: PlaceView =
      refusal.refused === 'outdated' ? { status: 'outdated' } : { status: 'refused', roomId, refusal }
    if (refusal.refused === 'unauthenticated') this.#deps.signedOut()
    if (!this.#stay) this.#store.set(view)
    return view
  }

  #hold(stay: Stay, link: PlaceLink): void {
    stay.link = link
    link.onPush<InboxMessage>('inbox', (message) => this.#deps.inbox(message))
    link.onEnd = (code) => {
      if (stay !== this.#stay || link !== stay.link) return
      // The old place often says goodbye before the new one has said hello.
      if (code === closeCodes.takenOver && this.#moves > 0) stay.takenOver = code
      else this.#ended(stay, code)
    }
    this.#deps.linked(link)
  }

  /** The goodbye to a place; its chat keeps what is unsent for the next time. */
  async #say(stay: Stay): Promise<void> {
    stay.handle.close()
    await stay.link.leave()
  }

  #ended(stay: Stay, code: number): void {
    const verdict = afterClose(stay.roomId, code)
    if (verdict) this.#decided(verdict)
    else void this.#comeBack(stay, code)
  }

  async #comeBack(stay: Stay, code: number): Promise<void> {
    stay.handle.detach()
    this.#show(this.#deps.setup.online.now() ? 'reconnecting' : 'offline')
    const { roomId, password } = stay
    const outcome = await comeBack({
      setup: this.#deps.setup,
      seat: stay.link.seat,
      token: stay.link.token,
      code,
      enter: () => this.#seat(roomId, password),
      wanted: () => stay === this.#stay,
      tell: (connection) => stay === this.#stay && this.#show(connection),
    })
    if (stay !== this.#stay) {
      if (outcome && 'leave' in outcome) void outcome.leave()
      return
    }
    if (outcome === null) return
    if ('closed' in outcome) {
      this.#ended(stay, outcome.closed)
      return
    }
    if (isRefusal(outcome)) {
      this.#decided(afterRefusal(roomId, outcome))
      return
    }
    this.#hold(stay, outcome)
    stay.handle.attach(outcome)
    this.#show('live')
  }

  #decided(verdict: PlaceView): void {
    this.#end(verdict)
    if (verdict.status === 'signedOut') this.#deps.signedOut()
  }

  #end(view: PlaceView): void {
    this.#step++
    const stay = this.#stay
    this.#stay = null
    stay?.handle.close()
    stay?.link.drop()
    this.#store.set(view)
  }

  #show(connection: 'live' | 'reconnecting' | 'offline'): void {
    const stay = this.#stay
    if (!stay) return
    const view = this.#store.get()
    if (view.status === 'in' && view.room === stay.handle && view.connection === connection) return
    this.#store.set({ status: 'in', roomId: stay.roomId, room: stay.handle, connection })
  }
}
