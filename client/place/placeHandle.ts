import { refuse } from '#schemas/refusals.ts'
import type { StudyShape } from '#schemas/roomShapes.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import { Chat, type ChatDeps } from '../chat/chat.ts'
import { Clock } from '../clock.ts'
import type { Link } from '../connection/link.ts'
import { RoomMedia } from '../media/roomMedia.ts'
import type { MediaHandle } from '../media/types.ts'
import { createStore } from '../store.ts'
import { TimerGroup } from '../timers.ts'
import type { ChatHandle, Store, StudyHandle, StudyRequest } from '../types.ts'

export type PlaceLink = Link<StudyShape, StudyState>

/** A request made while the connection is away waits so long for it to come back. */
const WAIT_MS = 5_000

/**
 * A study room as screens hold it: one object over all connections of this stay. Between two connections the last state
 * stays readable.
 */
export class PlaceHandle implements StudyHandle {
  readonly roomId: string
  readonly me: string
  readonly chat: ChatHandle
  readonly media: MediaHandle
  readonly changes: Store<number>
  readonly #changes = createStore(0)
  readonly #chat: Chat
  readonly #media: RoomMedia
  readonly #clock: Clock
  readonly #timers: TimerGroup
  #link: PlaceLink
  #live = false
  #waiting: (() => void)[] = []

  constructor(deps: ChatDeps, link: PlaceLink) {
    this.roomId = deps.roomId
    this.me = deps.me
    this.#timers = new TimerGroup(deps.setup.timers)
    this.#chat = new Chat(deps)
    this.chat = this.#chat
    this.changes = this.#changes
    this.#clock = new Clock(deps.setup.timers)
    this.#link = link
    const { setup, me } = deps
    this.#media = new RoomMedia({ setup, me, request: this.request, state: () => this.state })
    this.media = this.#media
    this.attach(link)
  }

  get state(): StudyState {
    return this.#link.state
  }

  now(): number {
    return this.#clock.now()
  }

  readonly request: StudyRequest = async (type, payload) => {
    if (!this.#live) await this.#wait()
    return this.#live ? this.#link.request(type, payload) : refuse('unavailable')
  }

  /** Goes on over this connection. */
  attach(link: PlaceLink): void {
    this.#link = link
    this.#live = true
    link.onPatch = () => {
      this.#chat.patched()
      this.#media.patched()
      this.#changes.set(this.#changes.get() + 1)
    }
    this.#chat.attach(link)
    this.#media.attach(link)
    void this.#clock.follow(() => link.request('clock.sync', {}))
    this.#changes.set(this.#changes.get() + 1)
    this.#wake()
  }

  /** The connection is away; it may come back. */
  detach(): void {
    this.#live = false
    this.#clock.pause()
    this.#chat.detach()
  }

  /** This stay is over. */
  close(): void {
    this.detach()
    this.#chat.close()
    this.#media.close()
    this.#clock.close()
    this.#timers.close()
    this.#wake()
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#timers.after(WAIT_MS, resolve)
      this.#waiting.push(() => {
        cancel()
        resolve()
      })
    })
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const go of waiting) go()
  }
}
