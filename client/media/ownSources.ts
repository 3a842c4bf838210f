import { type MediaSource, mediaSources } from '#schemas/media/sources.ts'
import type { Refusal } from '#schemas/refusals.ts'
import type { MediaSession } from './mediaSession.ts'
import { Own, type OwnDeps } from './ownSource.ts'
import type { Wish } from './shapes.ts'
import type { OwnSource } from './types.ts'

/** What I publish: at most one of each source, over all sessions of this stay. */
export class OwnSources {
  readonly #deps: OwnDeps
  readonly #own = new Map<MediaSource, Own>()
  /** A source that begins anew waits for what is left of its last. */
  readonly #endings = new Map<MediaSource, Promise<void>>()
  #session: MediaSession | null = null

  constructor(deps: OwnDeps) {
    this.#deps = deps
  }

  get(source: MediaSource): Own | undefined {
    return this.#own.get(source)
  }

  async start(wish: Wish, track: MediaStreamTrack): Promise<Refusal | null> {
    const { source } = wish
    const before = this.#own.get(source)
    if (before) void this.stop(source)
    const own = new Own(wish, track, false, this.#deps)
    this.#own.set(source, own)
    this.#deps.changed()
    await this.#endings.get(source)
    const refused = await own.use(this.#session)
    this.#deps.changed()
    return refused
  }

  /** `tell`: false when the SFU has it no more. */
  stop(source: MediaSource, tell = true): Promise<void> {
    const own = this.#own.get(source)
    if (!own) return Promise.resolve()
    this.#own.delete(source)
    const ending = own.stop(tell)
    this.#endings.set(source, ending)
    this.#deps.changed()
    return ending
  }

  /** It has stopped by itself. */
  gone(own: Own): void {
    if (this.#own.get(own.wish.source) !== own) return
    void this.stop(own.wish.source, false)
  }

  /** All of it into this session, as it is. */
  use(session: MediaSession | null): void {
    this.#session = session
    for (const own of this.#own.values()) void own.use(session)
  }

  stopAll(): void {
    for (const source of mediaSources) void this.stop(source, false)
    this.#session = null
  }

  patched(): void {
    for (const own of [...this.#own.values()]) own.patched()
  }

  get shown(): OwnSource[] {
    return mediaSources.flatMap((source) => {
      const own = this.#own.get(source)
      return own ? [{ source, track: own.track, muted: own.muted, score: own.score }] : []
    })
  }
}
