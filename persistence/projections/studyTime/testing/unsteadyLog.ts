import type { Envelope } from '#schemas/events/envelope.ts'
import type { ConsumerGroup } from '../../../ports/eventLog.ts'

/** How one delivery goes wrong, or does not. */
export type Mishap = {
  /** Events before the kept offset that come again. */
  readonly back: number
  /** At most so many events at once; the rest waits. */
  readonly most: number
  /** Never reached the consumer; comes later. */
  readonly lost: boolean
  /** Within one batch every event stands twice. */
  readonly doubled: boolean
  /** The consumer had it, but its offset was not kept: all comes again. */
  readonly forgotten: boolean
}

/** One place's events on their way to a consumer that gets each at least once, in order but for what comes again. */
export class UnsteadyLog {
  readonly #events: Envelope[] = []
  readonly #group: ConsumerGroup
  #offset = 0

  constructor(group: ConsumerGroup) {
    this.#group = group
  }

  add(event: Envelope): void {
    this.#events.push(event)
  }

  async deliver({ back, most, lost, doubled, forgotten }: Mishap): Promise<void> {
    const from = Math.max(0, this.#offset - back)
    const to = Math.min(this.#events.length, this.#offset + most)
    if (lost || from === to) return
    const batch = this.#events.slice(from, to)
    await this.#group.handle(doubled ? batch.flatMap((event) => [event, event]) : batch)
    if (!forgotten) this.#offset = to
  }

  /** All that has not come yet; `back` as in a delivery. */
  async deliverRest(back = 0): Promise<void> {
    for (let first = true; first || this.#offset < this.#events.length; first = false)
      await this.deliver({ back: first ? back : 0, most: 400, lost: false, doubled: false, forgotten: false })
  }

  /** One event of study from long ago comes again, alone. `share`: where among those that came it stands, from 0 to below 1. */
  async stray(share: number): Promise<void> {
    const came = this.#events
      .slice(0, this.#offset)
      .filter(({ type }) => /^study\.(opened|extended|closed)$/.test(type))
    const event = came[Math.floor(share * came.length)]
    if (event) await this.#group.handle([event])
  }
}
