import { isRefusal, type Refusal, type RefusalCode } from '#schemas/refusals.ts'
import { backoffMs } from '../backoff.ts'
import type { KeyValue } from '../keyValue.ts'
import { TimerGroup, type Timers } from '../timers.ts'
import { type Draft, type Held, HeldOutboxes } from './heldOutboxes.ts'
import type { KeptOutbox, Unsent } from './unsent.ts'

export type SendNow = (message: {
  outbox: string
  n: number
  text: string
  replyTo?: number
  mentions: string[]
}) => Promise<{ number: number; at: number } | Refusal>

/** Older ones go out on the user's word only (§5.3). */
export const TOO_OLD_MS = 7 * 86_400_000
/** The phase of the room keeps it back: it goes out under the same n when the room says so (T3). */
export type KeptBack = 'held' | 'slow'
const isKeptBack = (code: RefusalCode): code is KeptBack => code === 'held' || code === 'slow'
/** Not everybody at once when a break begins. */
const SPREAD_MS = 500
/** Not the message's fault: it is tried again with the same n. */
const PASSING: ReadonlySet<RefusalCode> = new Set([
  'rate',
  'frozen',
  'unavailable',
  'stale',
  'draining',
  'taken_over',
  'not_present',
])

export type OutboxDeps = {
  readonly storage: KeyValue
  readonly timers: Timers
  readonly user: string
  readonly conversation: string
  random(): number
  /** Newest number of the conversation that is known. */
  head(): number
  /** Something about an unsent message has changed. */
  changed(): void
}

/**
 * What this device still has to say in one conversation: kept until the log has confirmed it (I3), sent in order, one at a
 * time. The room knows (outbox, n), so sending again is harmless; after a reconnect everything unconfirmed goes out again.
 */
export class Outbox {
  readonly #deps: OutboxDeps
  readonly #timers: TimerGroup
  readonly #held: HeldOutboxes
  /** Numbered, but not confirmed when the connection came: the room is asked whether it has them. */
  readonly #askAgain = new WeakSet<Unsent>()
  #send: SendNow | null = null
  #connection = 0
  #busy = false
  #inFlight: Unsent | null = null
  #tries = 0
  #storedThrough = 0
  #keptBack: KeptBack | null = null
  /** Ends the wait there is, and sends. */
  #resume: (() => void) | null = null

  constructor(deps: OutboxDeps) {
    this.#deps = deps
    this.#timers = new TimerGroup(deps.timers)
    this.#held = new HeldOutboxes({ ...deps, timers: this.#timers, adopted: () => void this.#pump() })
  }

  /** All that is not confirmed, in the order in which it is sent. */
  get items(): readonly Unsent[] {
    return this.#held.inOrder.flatMap((outbox) => outbox.items)
  }

  /** Why the room takes nothing from here for now, null if it does. What waits goes out by itself. */
  get keptBack(): KeptBack | null {
    return this.#keptBack
  }

  /** The room may take what it has kept back: asks now and not when it was to open. */
  hurry(): void {
    if (this.#keptBack) this.#resume?.()
  }

  /** A stable number for `retry` and `discard`. */
  handleOf(item: Unsent): number {
    return this.#held.handleOf(item)
  }

  add(draft: Draft): Unsent {
    const item = this.#held.add(draft)
    void this.#pump()
    return item
  }

  /** A failed one again, under a new n (§5.3). */
  retry(handle: number): void {
    const found = this.#held.find(handle)
    if (!found?.item.refused) return
    this.#held.renumber(found)
    void this.#pump()
  }

  /** Forgets a failed one, or one that was never sent. */
  discard(handle: number): void {
    const found = this.#held.find(handle)
    if (!found || found.item.number !== null || found.item === this.#inFlight) return
    this.#held.drop(found.outbox, (item) => item === found.item)
  }

  /**
   * A connection is there: all that `storedThrough` does not cover goes out again, in order. `has` says whether the
   * conversation holds a number.
   */
  attach(send: SendNow, storedThrough: number, has: (number: number) => boolean): void {
    this.#send = send
    this.#connection++
    this.#busy = false
    this.#inFlight = null
    this.#tries = 0
    this.#keptBack = null
    this.confirm(storedThrough)
    const old = this.#timers.wall() - TOO_OLD_MS
    for (const outbox of this.#held.inOrder) {
      for (const item of outbox.items) {
        if (item.refused) continue
        if (item.at < old) this.#outdated(outbox, item, has)
        else if (item.number !== null) this.#askAgain.add(item)
      }
    }
    void this.#pump()
  }

  detach(): void {
    this.#send = null
    this.#connection++
    this.#busy = false
    this.#inFlight = null
  }

  /** The log has confirmed all up to this number: they cannot be lost any more. */
  confirm(storedThrough: number): void {
    this.#storedThrough = storedThrough
    for (const outbox of this.#held.inOrder)
      if (outbox.items.some((item) => item.number !== null && item.number <= storedThrough))
        this.#held.drop(outbox, (item) => item.number !== null && item.number <= storedThrough)
  }

  /** Gives everything to whoever opens the conversation next on this device. */
  close(): void {
    this.detach()
    this.#timers.close()
    this.#held.close()
  }

  #outdated(outbox: KeptOutbox, item: Unsent, has: (number: number) => boolean): void {
    if (item.number !== null && has(item.number)) {
      this.#held.drop(outbox, (it) => it === item)
      return
    }
    item.number = null
    item.refused = 'too_old'
    this.#held.save(outbox)
    this.#deps.changed()
  }

  #next(): Held | null {
    for (const outbox of this.#held.inOrder) {
      const item = outbox.items.find((it) => !it.refused && (it.number === null || this.#askAgain.has(it)))
      if (item) return { outbox, item }
    }
    return null
  }

  async #pump(): Promise<void> {
    const send = this.#send
    const connection = this.#connection
    if (!send || this.#busy) return
    this.#busy = true
    for (let next = this.#next(); next; next = this.#next()) {
      const { outbox, item } = next
      if (!this.#held.holds(outbox)) {
        this.#held.review()
        continue
      }
      this.#inFlight = item
      if (!item.tried) {
        item.tried = true
        this.#held.save(outbox)
      }
      const answer = await send({
        outbox: outbox.id,
        n: item.n,
        text: item.text,
        mentions: item.mentions,
        ...(item.replyTo === null ? {} : { replyTo: item.replyTo }),
      })
      if (connection !== this.#connection) return
      this.#inFlight = null
      const wait = this.#answered(outbox, item, answer)
      if (wait > 0) {
        this.#rest(wait, connection)
        return
      }
    }
    this.#busy = false
  }

  #rest(ms: number, connection: number): void {
    const go = () => {
      cancel()
      this.#resume = null
      if (connection !== this.#connection) return
      this.#busy = false
      void this.#pump()
    }
    const cancel = this.#timers.after(ms, go)
    this.#resume = go
  }

  #setKeptBack(why: KeptBack | null): void {
    if (this.#keptBack === why) return
    this.#keptBack = why
    this.#deps.changed()
  }

  /** Takes in an answer; milliseconds to wait before the next is sent. */
  #answered(outbox: KeptOutbox, item: Unsent, answer: { number: number; at: number } | Refusal): number {
    if (isRefusal(answer) && isKeptBack(answer.refused)) {
      this.#setKeptBack(answer.refused)
      const { retryAfterMs } = (answer.details ?? {}) as { retryAfterMs?: number }
      return Math.max(1, retryAfterMs ?? 1_000) + this.#deps.random() * SPREAD_MS
    }
    if (isRefusal(answer) && PASSING.has(answer.refused)) return backoffMs(this.#tries++, this.#deps.random)
    this.#tries = 0
    this.#setKeptBack(null)
    this.#askAgain.delete(item)
    // Another tab has it now, with the same n: it will get the same answer.
    if (!this.#held.holds(outbox) || !outbox.items.includes(item)) return 0
    if (!isRefusal(answer)) {
      item.number = answer.number
      item.sentAt = answer.at
    } else if (answer.refused === 'stale_number' && item.number === null) {
      this.#stale(outbox, item, answer)
      return 0
    } else if (item.number === null) {
      item.refused = answer.refused
    }
    this.#held.save(outbox)
    this.#deps.changed()
    this.confirm(this.#storedThrough)
    return 0
  }

  /** The room knows a higher n of this outbox. Between `oldest` and `highest` this one was surely never taken. */
  #stale(outbox: KeptOutbox, item: Unsent, { details }: Refusal): void {
    const { highest, oldest } = (details ?? {}) as { highest?: number; oldest?: number }
    outbox.n = Math.max(outbox.n, highest ?? 0)
    if (oldest !== undefined && item.n > oldest) {
      this.#held.renumber({ outbox, item })
      return
    }
    item.refused = 'stale_number'
    this.#held.save(outbox)
    this.#deps.changed()
  }
}
