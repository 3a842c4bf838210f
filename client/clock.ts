import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { TimerGroup, type Timers } from './timers.ts'

export type AskClock = () => Promise<{ now: number } | Refusal>

const SAMPLES = 4
const AGAIN_MS = 60_000

/**
 * The server's clock, seen from here (I6): of several questions the one that came back fastest decides, because its answer
 * is off by at most half its travel time. Measured again each minute and after each reconnect.
 */
export class Clock {
  readonly #timers: TimerGroup
  #offset: number
  #ask: AskClock | null = null
  #round = 0

  constructor(timers: Timers) {
    this.#timers = new TimerGroup(timers)
    this.#offset = timers.wall() - timers.mono()
  }

  /** Milliseconds of the server's clock; of this device's until the first answer. */
  now(): number {
    return this.#timers.mono() + this.#offset
  }

  /** A connection is there: measures now, and again from time to time. Resolves after the first measurement. */
  async follow(ask: AskClock): Promise<void> {
    this.#ask = ask
    await this.#measure(++this.#round)
  }

  pause(): void {
    this.#ask = null
    this.#round++
  }

  close(): void {
    this.pause()
    this.#timers.close()
  }

  async #measure(round: number): Promise<void> {
    let best: { travel: number; offset: number } | null = null
    for (let i = 0; i < SAMPLES; i++) {
      const ask = this.#ask
      if (!ask || round !== this.#round) return
      const asked = this.#timers.mono()
      const answer = await ask()
      if (round !== this.#round) return
      if (isRefusal(answer)) break
      const answered = this.#timers.mono()
      const travel = answered - asked
      if (!best || travel < best.travel) best = { travel, offset: answer.now + travel / 2 - answered }
    }
    if (best) this.#offset = best.offset
    this.#timers.after(AGAIN_MS, () => {
      if (round === this.#round) void this.#measure(round)
    })
  }
}
