import { kindOf, type MediaSource } from '#schemas/media/sources.ts'
import type { MediaEvent } from '#schemas/messages/media.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import type { Timers } from '../timers.ts'
import type { StudyRequest } from '../types.ts'
import type { MediaSession } from './mediaSession.ts'
import { type Published, Receiving } from './receiving.ts'
import { keyOf, publishedIn, shown } from './remoteView.ts'
import type { Looking, RemoteSource } from './types.ts'

export type RemoteDeps = {
  readonly request: StudyRequest
  readonly timers: Timers
  readonly me: string
  state(): StudyState
  deafened(): boolean
  changed(): void
  lost(session: MediaSession): void
  /** The session receives all that is published; nothing of the one before is shown any more. */
  replaced(): void
}

/** What others publish, over all sessions. Between two of them, and until the new one has tried it all, the last tracks stay. */
export class RemoteSources {
  readonly #deps: RemoteDeps
  readonly #looks = new Map<string, Looking>()
  #receiving: Receiving | null = null
  /** As it was last shown: when a loss is learnt, state may have forgotten already who published what. */
  #current: readonly RemoteSource[] = []
  #last: readonly RemoteSource[] = []

  constructor(deps: RemoteDeps) {
    this.#deps = deps
  }

  /** The session is lost: what it received stays as it is shown now. */
  hold(): void {
    this.#last = this.#current
    this.#receiving?.close()
    this.#receiving = null
  }

  /** Receives by this session from now on. */
  use(session: MediaSession): void {
    const { request, timers, deafened } = this.#deps
    this.#receiving = new Receiving({
      request,
      timers,
      receiver: () => session.receiver(),
      looking: ({ userId, source }) => this.#looking(userId, source),
      deafened,
      changed: () => this.#changed(),
      lost: () => this.#deps.lost(session),
    })
    this.patched()
    this.#changed()
  }

  patched(): void {
    this.#receiving?.follow(publishedIn(this.#deps.state(), this.#deps.me))
  }

  heard(event: MediaEvent): void {
    this.#receiving?.heard(event)
  }

  look(userId: string, source: MediaSource, looking: Looking): void {
    if (this.#looking(userId, source) === looking) return
    if (looking === 'hidden') this.#looks.delete(keyOf(userId, source))
    else this.#looks.set(keyOf(userId, source), looking)
    this.retune()
    this.#deps.changed()
  }

  /** Looking, or deafness, has changed. */
  retune(): void {
    for (const { source, track } of this.#last)
      if (track && kindOf(source) === 'audio') track.enabled = !this.#deps.deafened()
    this.#receiving?.retune()
  }

  close(): void {
    this.#receiving?.close()
    this.#receiving = null
    this.#current = []
    this.#last = []
  }

  /** What is shown now. */
  show(): readonly RemoteSource[] {
    const { state, me } = this.#deps
    const { members } = state()
    if (!this.#receiving) return this.#last.filter(({ userId }) => members.has(userId))
    const list: RemoteSource[] = []
    for (const [producer, published] of publishedIn(state(), me)) {
      const { userId, source } = published
      const held = this.#receiving.held(producer) ?? this.#before(published)
      list.push(shown(published, held, members.get(userId)?.micMuted ?? false, this.#looking(userId, source)))
    }
    this.#current = list
    return list
  }

  #before({ userId, source }: Published) {
    const last = this.#last.find((remote) => remote.userId === userId && remote.source === source)
    return last?.track ? { track: last.track, paused: last.paused, score: null } : null
  }

  #changed(): void {
    if (this.#last.length > 0 && this.#receiving?.settled) this.#last = []
    if (this.#receiving?.settled) this.#deps.replaced()
    this.#deps.changed()
  }

  #looking(userId: string, source: MediaSource): Looking {
    return this.#looks.get(keyOf(userId, source)) ?? 'hidden'
  }
}
