import type { Event } from '#schemas/events/catalogue.ts'
import { type Refusal, type RefusalCode, refuse } from '#schemas/refusals.ts'
import type { Committer } from './committer.ts'
import { DueHold } from './dueHold.ts'
import { OpenTurn } from './openTurn.ts'
import { CommandQueue, FROZEN_WAIT_MS, type Queued } from './queue.ts'
import type { Timers } from './timers.ts'
import type { Decision, Effect, Moment, Turns } from './types.ts'

export type TurnDeps<P> = {
  readonly place: P
  readonly key: string
  readonly epoch: number
  readonly committer: Pick<Committer, 'append' | 'version'>
  readonly timers: Timers
  now(): number
  apply(place: P, event: Event): void
  /** What is due by time; decided first in each turn. */
  due(place: P, at: Moment): Decision
  /** A turn begins: full states are held back from here. */
  opened(): void
  /** All of the turn is committed: send one patch. */
  committed(events: readonly Event[]): void
  effect(effect: Effect): void
  /** The turn is over; `changed`: it had events. */
  closed(changed: boolean): void
  /** Milliseconds until the next turn may begin. */
  pace(): number
  /** The same where only joins wait; not less than `pace`. */
  patience(): number
  /** The place is lost to this actor: nothing more will be committed. */
  lost(why: 'stale' | 'broken'): void
  /** A bug, to be logged once. */
  fault(error: unknown, where: string): void
}

/** `must`: waits however long the ledger is away. `patient`: may wait for others of its kind, up to `patience`. */
export type CommandManner = { readonly must?: boolean; readonly patient?: boolean }

/** What is due is decided step by step, each on the state the step before it left; more than this waits for the next turn. */
const DUE_STEPS = 20

/**
 * The turns of a place (§5.2). Commands are decided and applied in order, in memory; their events are appended in one
 * call; then come one patch, all replies, and what follows the commit. Nothing is decided while an append is in flight.
 *
 * A decision that throws leaves nothing behind: `decide` is pure, and its events are applied only after it returned; its
 * command is answered `fault`. `apply` is total: should it throw all the same, memory may no longer equal what will be
 * committed, so nothing of that turn is appended and the actor is given up; the ledger still has the whole truth.
 */
export class TurnLoop<P> implements Turns<P> {
  readonly #deps: TurnDeps<P>
  readonly #queue = new CommandQueue<P>()
  #inFlight: readonly Queued<P>[] = []
  #running: Promise<void> | undefined
  #turning = false
  #lost = false
  #verify = false
  #poked = false
  #hurry: (() => void) | undefined
  readonly #hold = new DueHold()
  turns = 0

  constructor(deps: TurnDeps<P>) {
    this.#deps = deps
  }

  get place(): P {
    return this.#deps.place
  }
  now(): number {
    return this.#deps.now()
  }
  get isFrozen(): boolean {
    return this.#queue.frozen
  }
  /** Something is decided and not committed yet, if only that nothing has changed. */
  get isTurning(): boolean {
    return this.#turning
  }

  command<R>(
    decide: (place: P, at: Moment) => Decision<R>,
    by: string | null = null,
    { must = false, patient = false }: CommandManner = {},
  ): Promise<R | Refusal> {
    return new Promise((resolve) => {
      const settle = resolve as (answer: unknown) => void
      const refusal = this.#queue.push({ decide, by, settle, must, patient, since: this.#deps.timers.monotonic() })
      if (refusal) return resolve(refusal)
      if (!patient) this.#hurry?.()
      this.poke()
    })
  }

  /** `must`: waits however long the ledger is away, as leaves do. */
  async live(change: (place: P, at: Moment) => void, must = false): Promise<void> {
    const decide = (place: P, at: Moment): Decision => {
      change(place, at)
      return { events: [], reply: {} }
    }
    await this.command(decide, null, { must })
  }

  /** Takes a turn soon, also when no command waits: something may be due. While one is under way another follows it. */
  poke(): void {
    if (this.#lost) return
    this.#poked = true
    if (this.#running) return
    this.#running = Promise.resolve()
      .then(() => this.#run())
      .catch((error: unknown) => this.#deps.fault(error, 'turn'))
      .finally(() => {
        this.#running = undefined
        if (this.#queue.size > 0 || this.#poked) this.poke()
      })
  }

  /** Takes a turn that asks the ledger also when nothing has happened. */
  verify(): void {
    this.#verify = true
    this.poke()
  }

  /** Takes no more commands; resolves when those that wait have had their turns. */
  async seal(why: RefusalCode): Promise<void> {
    this.#queue.seal(why)
    while (this.#running) await this.#running
  }

  /** Takes no more commands and answers all that wait. */
  close(why: RefusalCode): void {
    this.#queue.close(why)
    for (const command of this.#inFlight) command.settle(refuse(why))
  }

  /** While the ledger is away, commands wait, but not for ever (I5). What was decided already may still be committed. */
  freeze(on: boolean): void {
    if (this.#queue.frozen === on) return
    this.#queue.frozen = on
    if (on) this.#expire()
  }

  #expire(): void {
    if (!this.#queue.frozen) return
    const now = this.#deps.timers.monotonic()
    this.#queue.expire(now)
    for (const c of this.#inFlight) if (!c.must && now - c.since >= FROZEN_WAIT_MS) c.settle(refuse('frozen'))
    this.#deps.timers.after(250, () => this.#expire())
  }

  async #run(): Promise<void> {
    do {
      this.#turning = true
      try {
        await this.#turn()
      } finally {
        this.#turning = false
      }
      if (this.#lost) return
      await this.#rest()
    } while (this.#queue.size > 0 || this.#poked)
  }

  /** A turn's patch goes to every member, so joins that come close together share one, unless somebody says something. */
  async #rest(): Promise<void> {
    const [pace, patience] = [this.#deps.pace(), this.#deps.patience()]
    await new Promise<void>((resolve) => {
      if (pace < 1) setImmediate(resolve)
      else this.#deps.timers.after(pace, resolve)
    })
    if (patience - pace < 1 || !this.#queue.isPatient) return
    await new Promise<void>((resolve) => {
      const callOff = this.#deps.timers.after(patience - pace, resolve)
      this.#hurry = () => {
        callOff()
        resolve()
      }
    })
    this.#hurry = undefined
  }

  async #turn(): Promise<void> {
    this.#poked = false
    const work = this.#queue.take()
    const turn = new OpenTurn(this.#deps, { now: this.#deps.now() })
    this.#inFlight = work
    this.#deps.opened()
    let answers: unknown[]
    try {
      this.#decideDue(turn)
      answers = work.map((c) => turn.decide(c.decide, c.by, 'decide'))
      const verify = this.#verify
      this.#verify = false
      if ((turn.drafts.length > 0 || verify) && (await this.#deps.committer.append(turn.drafts)) === 'lost') {
        return this.#lose('stale')
      }
    } catch (error) {
      this.#deps.fault(error, 'apply')
      return this.#lose('broken')
    }
    if (this.#lost) return
    this.turns++
    this.#deps.committed(turn.events)
    work.forEach((command, i) => {
      command.settle(answers[i])
    })
    this.#inFlight = []
    for (const effect of turn.effects) this.#deps.effect(effect)
    this.#deps.closed(turn.events.length > 0)
  }

  /** Nothing due is decided before; 0 when nothing is held. Milliseconds of the place's clock. */
  get dueHeldUntil(): number {
    return this.#hold.until
  }

  #decideDue(turn: OpenTurn<P>): void {
    if (this.#deps.now() < this.#hold.until) return
    for (let i = 0; i < DUE_STEPS; i++) {
      const step = turn.due(this.#deps.due)
      if (step === 'failed') {
        this.#hold.failed(this.#deps.now())
        return
      }
      if (step === 'nothing') break
    }
    this.#hold.passed()
  }

  #lose(why: 'stale' | 'broken'): void {
    this.#lost = true
    this.close('stale')
    this.#inFlight = []
    this.#deps.lost(why)
  }
}
