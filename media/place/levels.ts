import { coarseLevel } from './hearing.ts'
import type { PlaceRouter } from './placeRouter.ts'

const EVERY_MS = 500

type Heard = { levels: ReadonlyMap<string, number>; speaker: string | null }
type Tell = (levels: ReadonlyMap<string, number>, speaker: string | null) => void
const nothing: Heard = { levels: new Map(), speaker: null }

const loudest = (levels: ReadonlyMap<string, number>): number => Math.max(0, ...levels.values())
const peerOf = (producer: { appData: Record<string, unknown> }): string => String(producer.appData['peer'])

/**
 * Who is heard in a place, over all its routers: told when it changed, at most twice a second, and once when it became silent.
 * Each router knows only its own microphones; who speaks is the one of the router on which it is loudest.
 */
export class Levels {
  readonly #tell: Tell
  readonly #heard = new Map<PlaceRouter, Heard>()
  readonly #muted = new Set<string>()
  #told: Heard = nothing
  #next: NodeJS.Timeout | undefined
  #silentUntil = 0

  constructor(tell: Tell) {
    this.#tell = tell
  }

  watch(at: PlaceRouter) {
    const change = (to: Partial<Heard>) => {
      this.#heard.set(at, { ...(this.#heard.get(at) ?? nothing), ...to })
      this.#due()
    }
    const { levels, speaker } = at.hearing
    levels.on('volumes', (volumes) =>
      change({ levels: new Map(volumes.map((one) => [peerOf(one.producer), coarseLevel(one.volume)])) }),
    )
    levels.on('silence', () => change(nothing))
    speaker.on('dominantspeaker', ({ producer }) => change({ speaker: peerOf(producer) }))
    at.router.observer.once('close', () => {
      this.#heard.delete(at)
      this.#due()
    })
  }

  /** A peer whose microphone is off, or gone, is not heard from now on. */
  mute(peer: string, muted: boolean) {
    if (muted) this.#muted.add(peer)
    else this.#muted.delete(peer)
    this.#due()
  }

  close() {
    clearTimeout(this.#next)
    this.#heard.clear()
  }

  #due() {
    if (this.#next !== undefined) return
    const wait = Math.max(0, this.#silentUntil - performance.now())
    this.#next = setTimeout(() => {
      this.#next = undefined
      this.#emit()
    }, wait)
  }

  #emit() {
    const levels = new Map<string, number>()
    let most: Heard = nothing
    for (const heard of this.#heard.values()) {
      if (loudest(heard.levels) > loudest(most.levels)) most = heard
      for (const [peer, level] of heard.levels) if (!this.#muted.has(peer)) levels.set(peer, level)
    }
    const speaker = most.speaker !== null && levels.has(most.speaker) ? most.speaker : null
    if (speaker === this.#told.speaker && same(levels, this.#told.levels)) return
    this.#told = { levels, speaker }
    this.#silentUntil = performance.now() + EVERY_MS
    this.#tell(levels, speaker)
  }
}

const same = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): boolean =>
  one.size === other.size && [...one].every(([peer, level]) => other.get(peer) === level)
