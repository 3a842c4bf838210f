import type { Looking, MediaHandle } from '#client/media/types.ts'
import type { MediaSource } from '#schemas/media/sources.ts'

const order: readonly Looking[] = ['hidden', 'small', 'medium', 'large']
const larger = (a: Looking, b: Looking): Looking => (order.indexOf(a) >= order.indexOf(b) ? a : b)

/**
 * How a video is looked at, when several look at the same one (a tile and a window of its own): by the largest. What nobody
 * looks at is hidden.
 */
export class Lookers {
  readonly #media: Pick<MediaHandle, 'look'>
  readonly #looks = new Map<string, Map<object, Looking>>()
  readonly #told = new Map<string, Looking>()

  constructor(media: Pick<MediaHandle, 'look'>) {
    this.#media = media
  }

  /** `who` looks so from now on; null: no more. */
  set(who: object, userId: string, source: MediaSource, looking: Looking | null): void {
    const key = `${userId} ${source}`
    const looks = this.#looks.get(key) ?? new Map<object, Looking>()
    this.#looks.set(key, looks)
    if (looking === null) looks.delete(who)
    else looks.set(who, looking)
    if (looks.size === 0) this.#looks.delete(key)
    const now = [...looks.values()].reduce(larger, 'hidden')
    if ((this.#told.get(key) ?? 'hidden') === now) return
    if (now === 'hidden') this.#told.delete(key)
    else this.#told.set(key, now)
    this.#media.look(userId, source, now)
  }
}

const ofMedia = new WeakMap<MediaHandle, Lookers>()

export function lookersOf(media: MediaHandle): Lookers {
  const lookers = ofMedia.get(media) ?? new Lookers(media)
  ofMedia.set(media, lookers)
  return lookers
}

/** From the width of a video on the screen, in CSS pixels. */
export const lookingAt = (width: number): Looking =>
  width <= 0 ? 'hidden' : width <= 260 ? 'small' : width <= 640 ? 'medium' : 'large'
