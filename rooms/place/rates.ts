/** A token bucket: `perSecond` on average, `burst` at once. */
export type Rate = { readonly perSecond: number; readonly burst: number }

/** Of all requests together, per connection. */
export const totalRate: Rate = { perSecond: 40, burst: 80 }

const usual: Rate = { perSecond: 5, burst: 10 }

/** Per request type; what is not listed has the usual rate. */
const byType: Readonly<Record<string, Rate>> = {
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
  'lobby.view': { perSecond: 5, burst: 15 },
}

export const rateOf = (type: string): Rate => byType[type] ?? usual

/** The buckets of one connection. */
export class Buckets {
  readonly #levels = new Map<string, { level: number; at: number }>()

  /** Takes one token of this type and one of the total; false when either is empty. `now`: monotonic milliseconds. */
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
