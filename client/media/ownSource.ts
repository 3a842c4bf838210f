import type { types } from 'mediasoup-client'
import type { MediaSource } from '#schemas/media/sources.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { isPassing } from '../place/enterSeat.ts'
import type { TimerGroup } from '../timers.ts'
import type { StudyRequest } from '../types.ts'
import type { MediaSession } from './mediaSession.ts'
import type { Wish } from './shapes.ts'

/** What could not be told to the SFU is told again after this time. */
const AGAIN_MS = 1_000

export type Shown = { readonly producer: string | undefined; readonly muted: boolean }

export type OwnDeps = {
  readonly request: StudyRequest
  readonly timers: TimerGroup
  /** What state says of a source of mine now. */
  shown(source: MediaSource): Shown
  changed(): void
  /** The device or the browser ended the track. */
  ended(own: Own): void
  /** The SFU, or a rule of the room, has it no more; the track is stopped. */
  refused(own: Own): void
}

/**
 * One source of mine, over all sessions: its track, whether it is muted, and its producer in the session of the time.
 * What is wanted is set at once; steps, one after the other, bring the SFU to it.
 */
export class Own {
  readonly wish: Wish
  track: MediaStreamTrack
  muted: boolean
  score: number | null = null
  readonly #deps: OwnDeps
  #session: MediaSession | null = null
  #producer: types.Producer | null = null
  /** What the SFU knows of `muted`. */
  #told = false
  /** State has shown this producer, and `told`: from then on another answer is somebody's act. */
  #seen = false
  #mutedSeen = false
  #produced = false
  #over = false
  #chain: Promise<unknown> = Promise.resolve()

  constructor(wish: Wish, track: MediaStreamTrack, muted: boolean, deps: OwnDeps) {
    this.wish = wish
    this.track = track
    this.muted = muted
    this.#deps = deps
    this.#hold(track)
  }

  get over(): boolean {
    return this.#over
  }

  /** Produces in this session from now on; null: between two sessions. */
  use(session: MediaSession | null): Promise<Refusal | null> {
    if (session !== this.#session) this.#producer = null
    this.#session = session
    return this.#step()
  }

  /** Silent, or not, at once; the answer is the room's. Refused is muted again. */
  mute(muted: boolean): Promise<Refusal | null> {
    this.#be(muted)
    return this.#step()
  }

  /** The same source from another device. The track of before is stopped. */
  async replace(track: MediaStreamTrack): Promise<void> {
    if (this.#over) return track.stop()
    const before = this.track
    this.track = track
    this.#hold(track)
    await this.#producer?.replaceTrack({ track }).catch(() => {})
    before.stop()
    this.#deps.changed()
  }

  /** The track ends at once; `tell`: the SFU has it still. Resolves when nothing of it is under way any more. */
  async stop(tell: boolean): Promise<void> {
    if (!this.#over) {
      this.#over = true
      this.track.stop()
      this.#producer?.close()
      this.#producer = null
      const { source } = this.wish
      const session = this.#session
      if (tell && session) this.#chain = this.#chain.then(() => this.#deps.request('media.stop', { source }))
    }
    await this.#chain
  }

  /** Somebody else has muted it. */
  silenced(): void {
    this.#told = true
    this.#mutedSeen = false
    this.#be(true)
  }

  /** State has changed (I13). */
  patched(): void {
    const mine = this.#producer
    if (!mine || this.#over) return
    const { producer, muted } = this.#deps.shown(this.wish.source)
    if (producer === mine.id) this.#seen = true
    else if (this.#seen) {
      void this.stop(false)
      this.#deps.refused(this)
      return
    }
    if (this.wish.source !== 'microphone' || !this.#seen || this.#told !== this.muted) return
    if (muted === this.#told) this.#mutedSeen = true
    else if (this.#mutedSeen && muted) {
      this.silenced()
      this.#mutedSeen = true
    } else if (this.#mutedSeen) {
      // Nobody unmutes another.
      this.#told = false
      void this.#step()
    }
  }

  #hold(track: MediaStreamTrack): void {
    track.enabled = !this.muted
    track.addEventListener('ended', () => {
      if (!this.#over && track === this.track) this.#deps.ended(this)
    })
  }

  #be(muted: boolean): void {
    this.muted = muted
    this.track.enabled = !muted
    this.#deps.changed()
  }

  #step(): Promise<Refusal | null> {
    const step = this.#chain.then(() => this.#bring())
    this.#chain = step
    return step
  }

  async #bring(): Promise<Refusal | null> {
    const session = this.#session
    if (this.#over || !session) return null
    if (!this.#producer) {
      const refused = await this.#produce(session)
      if (refused) return refused
    }
    if (this.#over || this.#told === this.muted) return null
    const muted = this.muted
    const { source } = this.wish
    const reply = await this.#deps.request('media.setPaused', { source, paused: muted })
    if (!isRefusal(reply)) {
      this.#told = muted
      this.#mutedSeen = false
      // The patch came before the answer, as a rule.
      this.patched()
      return null
    }
    if (!muted && !this.#over && !this.muted) this.#be(true)
    else if (muted && isPassing(reply)) this.#again()
    return reply
  }

  async #produce(session: MediaSession): Promise<Refusal | null> {
    const muted = this.muted
    const track = this.track
    const producer = await session.produce(this.wish.source, track, this.wish, muted)
    if (session !== this.#session) {
      // The next session's own step goes on with it.
      if (!isRefusal(producer)) producer.close()
      return null
    }
    if (isRefusal(producer)) {
      // What was heard before comes back by itself; a first try is answered.
      if (this.#produced && isPassing(producer)) this.#again()
      else if (!this.#over) {
        void this.stop(false)
        this.#deps.refused(this)
      }
      return producer
    }
    if (this.#over) {
      producer.close()
      await this.#deps.request('media.stop', { source: this.wish.source })
      return null
    }
    if (track !== this.track) await producer.replaceTrack({ track: this.track }).catch(() => {})
    this.#producer = producer
    this.#produced = true
    this.#told = muted
    this.#seen = false
    this.#mutedSeen = false
    this.patched()
    return null
  }

  #again(): void {
    this.#deps.timers.after(AGAIN_MS, () => void this.#step())
  }
}
