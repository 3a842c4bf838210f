import type { TimerPlan } from '#schemas/timer/phases.ts'

/** `asked`: since a presence check was shown, seconds wait for its answer; null while there is none. */
type Person = { on: boolean; connected: boolean; credit: number[]; asked: number[] | null }

/** Study time, walked second by second in the plainest way: what the ledger's intervals must add up to. */
export class StudyOracle {
  readonly people = new Map<string, Person>()
  #timer: { plan: TimerPlan; index: number; leftMs: number; paused: boolean } | null = null

  person(userId: string): Person {
    const person = this.people.get(userId) ?? { on: false, connected: false, credit: [], asked: null }
    this.people.set(userId, person)
    return person
  }

  start(plan: TimerPlan) {
    this.#timer = { plan, index: 0, leftMs: plan.focusMs, paused: false }
  }
  stop() {
    this.#timer = null
  }
  pause(paused: boolean) {
    if (this.#timer) this.#timer.paused = paused
  }

  next() {
    const timer = this.#timer
    if (!timer) return
    const { plan } = timer
    timer.index += 1
    if (timer.index === plan.rounds * 2) {
      if (!plan.autoRestart) return this.stop()
      timer.index = 0
    }
    const isLast = timer.index === plan.rounds * 2 - 1
    timer.leftMs = timer.index % 2 === 0 ? plan.focusMs : isLast ? plan.longBreakMs : plan.breakMs
  }

  /** A presence check: what is studied from now on counts if it is answered. */
  ask(userId: string) {
    this.person(userId).asked = []
  }
  settle(userId: string, answered: boolean) {
    const person = this.person(userId)
    if (answered) person.credit.push(...(person.asked ?? []))
    person.asked = null
  }

  /** One second from `t` on. */
  tick(t: number) {
    const timer = this.#timer
    const counts = !timer || timer.paused || timer.index % 2 === 0
    for (const person of this.people.values())
      if (counts && person.on && person.connected) (person.asked ?? person.credit).push(t)
    if (!timer || timer.paused) return
    timer.leftMs -= 1000
    if (timer.leftMs === 0) this.next()
  }
}
