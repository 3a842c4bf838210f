/** A token bucket: `perSecond` on average, `burst` at once. */
export type Rate = { readonly perSecond: number; readonly burst: number }

/** Of all requests of a user together. */
export const totalRate: Rate = { perSecond: 40, burst: 80 }

export const usual: Rate = { perSecond: 5, burst: 10 }

/** Per request type and user; what is not listed has the usual rate. */
export const byType: Readonly<Record<string, Rate>> = {
  'chat.send': { perSecond: 10, burst: 20 },
  'chat.typing': { perSecond: 2, burst: 4 },
  'chat.read': { perSecond: 4, burst: 8 },
  'chat.react': { perSecond: 5, burst: 15 },
  'chat.amendments': { perSecond: 2, burst: 5 },
  'clock.sync': { perSecond: 2, burst: 10 },
  'timer.start': { perSecond: 2, burst: 4 },
  'timer.pause': { perSecond: 2, burst: 4 },
  'timer.resume': { perSecond: 2, burst: 4 },
  'timer.skip': { perSecond: 2, burst: 4 },
  'timer.stop': { perSecond: 2, burst: 4 },
  'timer.plan': { perSecond: 2, burst: 4 },
  'study.start': { perSecond: 2, burst: 4 },
  'study.stop': { perSecond: 2, burst: 4 },
  'member.records': { perSecond: 2, burst: 5 },
  'room.change': { perSecond: 2, burst: 5 },
  'presence.report': { perSecond: 1, burst: 5 },
  'presence.watch': { perSecond: 2, burst: 6 },
  // Coming into the media takes all of these within a second, and more where tiles come and go.
  'media.join': { perSecond: 1, burst: 4 },
  'media.createTransport': { perSecond: 2, burst: 6 },
  'media.connectTransport': { perSecond: 2, burst: 6 },
  'media.restartIce': { perSecond: 1, burst: 6 },
  'media.produce': { perSecond: 2, burst: 8 },
  'media.setPaused': { perSecond: 6, burst: 20 },
  'media.consume': { perSecond: 8, burst: 30 },
  'media.setConsumers': { perSecond: 10, burst: 30 },
  'media.closeConsumers': { perSecond: 8, burst: 30 },
  'media.muteMembers': { perSecond: 1, burst: 5 },
  'lobby.view': { perSecond: 5, burst: 15 },
}

const rateOf = (type: string): Rate => byType[type] ?? usual

/** After this every bucket is full again, so that a user who was silent for so long need not be remembered. */
export const REFILL_MS = 10_000

/**
 * The buckets of a node's users, whatever place or lobby they sit in and however often they enter anew. Users who are silent
 * for 10 to 20 s are forgotten: their buckets are full again by then.
 */
export class Rates {
  #recent = new Map<string, Buckets>()
  #before = new Map<string, Buckets>()
  #since = 0

  /** Users who are remembered now. */
  get size(): number {
    return this.#recent.size + this.#before.size
  }

  /** Takes one token of this type and one of the user's total; false when either is empty. `now`: monotonic milliseconds. */
  take(userId: string, type: string, now: number): boolean {
    if (now - this.#since >= REFILL_MS) {
      this.#before = now - this.#since < 2 * REFILL_MS ? this.#recent : new Map()
      this.#recent = new Map()
      this.#since = now
    }
    let buckets = this.#recent.get(userId)
    if (!buckets) {
      buckets = this.#before.get(userId) ?? new Buckets()
      this.#before.delete(userId)
      this.#recent.set(userId, buckets)
    }
    return buckets.take(type, now)
  }
}

/** The buckets of one user. */
class Buckets {
  readonly #levels = new Map<string, { level: number; at: number }>()

  take(type: string, now: number): boolean {
    return this.#take('', totalRate, now) && this.#take(type, rateOf(type), now)
  }

  #take(key: string, rate: Rate, now: number): boolean {
    let bucket = this.#levels.get(key)
    if (!bucket) {
      bucket = { level: rate.burst, at: now }
      this.#levels.set(key, bucket)
    }
    bucket.level = Math.min(rate.burst, bucket.level + ((now - bucket.at) * rate.perSecond) / 1000)
    bucket.at = now
    if (bucket.level < 1) return false
    bucket.level -= 1
    return true
  }
}
