/** A producer that the SFU left out is asked for again after this time, doubling. */
const FIRST_MS = 500
const MOST_MS = 30_000

type Left = { readonly times: number; readonly notBefore: number }

/**
 * Which consumers there have to be, by what state says is published: the difference to those there are. Knows no media and
 * no network. Time in milliseconds of any clock that never jumps.
 */
export class ConsumerPlan {
  #wanted: ReadonlySet<string> = new Set()
  readonly #open = new Set<string>()
  readonly #asked = new Set<string>()
  readonly #left = new Map<string, Left>()

  /** What is published now. Answers which consumers go. */
  want(producers: ReadonlySet<string>): string[] {
    this.#wanted = producers
    for (const id of this.#left.keys()) if (!producers.has(id)) this.#left.delete(id)
    const gone = [...this.#open].filter((id) => !producers.has(id))
    for (const id of gone) this.#open.delete(id)
    return gone
  }

  /** Which to ask for now, at most `most`; each has to be answered. */
  ask(now: number, most: number): string[] {
    const asked: string[] = []
    for (const id of this.#wanted) {
      if (asked.length === most) break
      if (this.#open.has(id) || this.#asked.has(id) || (this.#left.get(id)?.notBefore ?? 0) > now) continue
      asked.push(id)
      this.#asked.add(id)
    }
    return asked
  }

  /** Its consumer has opened; false: nobody wants it any more, it has to be closed again. */
  opened(id: string): boolean {
    this.#asked.delete(id)
    if (!this.#wanted.has(id)) return false
    this.#left.delete(id)
    this.#open.add(id)
    return true
  }

  /** There is no consumer of it: left out, refused, failed, or closed from the other side. While state names it, it is asked for again. */
  closed(id: string, now: number): void {
    this.#asked.delete(id)
    this.#open.delete(id)
    if (!this.#wanted.has(id)) return
    const times = (this.#left.get(id)?.times ?? 0) + 1
    this.#left.set(id, { times, notBefore: now + Math.min(MOST_MS, FIRST_MS * 2 ** (times - 1)) })
  }

  /** When something is to be asked for again, null if never. */
  nextAt(): number | null {
    const times = [...this.#left]
      .filter(([id]) => this.#wanted.has(id) && !this.#asked.has(id))
      .map(([, l]) => l.notBefore)
    return times.length === 0 ? null : Math.min(...times)
  }

  /** All that is published has been tried. */
  get settled(): boolean {
    return this.#asked.size === 0 && [...this.#wanted].every((id) => this.#open.has(id) || this.#left.has(id))
  }
}
