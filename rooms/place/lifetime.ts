import type { Ledger } from '#persistence/ports/ledger.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import { limits } from '#schemas/limits.ts'
import type { Activation } from './activation.ts'
import type { Log } from './deps.ts'
import type { PlaceRules } from './model.ts'
import type { Seats } from './seats.ts'
import type { Timers } from './timers.ts'
import { Wake } from './wake.ts'

/** Nobody is here: how long an actor waits for the next before it goes to sleep. */
const LINGER_MS = 1000
/** A live place stands in the due index this far ahead, so that it is found if its node dies and nobody comes back. */
const GUARD_MS = 10 * 60_000
/** How long an ending actor waits for a ledger that is away. */
const LAST_WAIT_MS = 3000

/** Why an actor ends: nobody is left, the place is over, its node drains, or another owns the place now. */
export type Ending = 'asleep' | 'ended' | 'drained' | 'lost'

const endings = {
  asleep: { code: closeCodes.draining, refusal: 'draining' },
  drained: { code: closeCodes.draining, refusal: 'draining' },
  ended: { code: closeCodes.ended, refusal: 'gone' },
  lost: { code: closeCodes.stale, refusal: 'stale' },
} as const

export type LifetimeDeps<P> = {
  readonly id: string
  readonly activation: Activation<P>
  readonly rules: Pick<PlaceRules<P, never>, 'fate' | 'nextDueAt'>
  readonly seats: Seats
  readonly ledger: Ledger
  readonly timers: Timers
  readonly log: Log
  /** No longer to be found, nor shown in the lobby; `gone` settles when all is over. */
  leaving(gone: Promise<void>): void
  /** Closes all sockets with the code and disposes of the room. */
  disconnect(code: number): Promise<unknown>
}

/** When an actor looks again, when it sleeps, and how it ends. It ends once, in an orderly way unless the place is lost. */
export class Lifetime<P> {
  readonly #deps: LifetimeDeps<P>
  readonly #due: Wake
  readonly #linger: Wake
  readonly #guard: Wake
  #ending: Promise<void> | undefined

  constructor(deps: LifetimeDeps<P>) {
    this.#deps = deps
    this.#due = new Wake(deps.timers, () => deps.activation.loop.poke())
    this.#linger = new Wake(deps.timers, () => this.#sleepIfEmpty())
    this.#guard = new Wake(deps.timers, () => this.standGuard())
  }

  get isEnding(): boolean {
    return this.#ending !== undefined
  }

  /** After each turn. */
  turned(): void {
    if (this.#ending) return
    const { activation, rules } = this.#deps
    if (rules.fate(activation.place) === 'ended') {
      void this.end('ended')
      return
    }
    const now = activation.clock.now()
    const next = rules.nextDueAt(activation.place, { now })
    // A rule that throws leaves what is due overdue: without the pause the actor would turn without end.
    this.#due.set(next === null ? null : Math.max(next, activation.loop.dueHeldUntil), now)
    this.lookEmpty()
  }

  /** After each change of seats: an actor with nobody in it goes to sleep soon. */
  lookEmpty(): void {
    if (this.#ending) return
    const now = this.#deps.activation.clock.now()
    this.#linger.set(this.#isEmpty() ? now + LINGER_MS : null, now)
  }

  standGuard(): void {
    const { ledger, id, activation, log } = this.#deps
    const now = activation.clock.now()
    ledger
      .setDue(id, now + GUARD_MS)
      .catch((error: unknown) => log('warn', { place: id, error: String(error) }, 'no guard was set'))
    this.#guard.set(now + GUARD_MS / 2, now)
  }

  end(how: Ending): Promise<void> {
    if (this.#ending) return this.#ending
    this.#ending = this.#finish(how)
    this.#deps.leaving(this.#ending)
    return this.#ending
  }

  stop(): void {
    for (const wake of [this.#due, this.#linger, this.#guard]) wake.stop()
    this.#deps.activation.publisher.stop()
  }

  #isEmpty(): boolean {
    const { rules, activation, seats, timers } = this.#deps
    return rules.fate(activation.place) === 'empty' && seats.isEmpty(timers.monotonic())
  }

  #sleepIfEmpty(): void {
    if (this.#ending) return
    if (this.#isEmpty()) void this.end('asleep')
    // A seat was promised: look again when it has been used or has run out.
    else this.#deps.timers.after(limits.seatMs, () => this.lookEmpty())
  }

  async #finish(how: Ending): Promise<void> {
    // Not within the turn that found it out: that turn has to end first.
    await Promise.resolve()
    this.stop()
    const { activation, timers, log, id, disconnect } = this.#deps
    const { code, refusal } = endings[how]
    if (how !== 'lost') {
      const hurry = timers.after(LAST_WAIT_MS, () => activation.committer.stop())
      await activation.loop.seal(refusal)
      hurry()
      await this.#giveUp(how).catch((error: unknown) =>
        log('warn', { place: id, how, error: String(error) }, 'the place could not be released'),
      )
    }
    activation.loop.close(refusal)
    await disconnect(code)
  }

  async #giveUp(how: Ending): Promise<void> {
    const { ledger, id, activation, seats, rules } = this.#deps
    if (how === 'ended') {
      for (const { who } of seats.all()) await ledger.leavePlace(who.userId, who.session)
      await ledger.setDue(id, null)
      await ledger.endPlace(id, activation.epoch)
      return
    }
    await activation.snapshots.take(activation.committer.version)
    await ledger.setDue(id, rules.nextDueAt(activation.place, { now: activation.clock.now() }))
    await ledger.release(id, activation.epoch)
  }
}
