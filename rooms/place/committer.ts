import { randomUUID } from 'node:crypto'
import type { Appended, Ledger } from '#persistence/ports/ledger.ts'
import { LedgerUnavailable } from '#persistence/ports/ledger.ts'
import type { Draft, Envelope } from '#schemas/events/envelope.ts'
import { Held } from './held.ts'
import type { Timers } from './timers.ts'

export type CommitterDeps = {
  readonly ledger: Pick<Ledger, 'append'>
  readonly timers: Timers
  readonly place: string
  readonly epoch: number
  readonly version: number
  readonly confirmed: number
  /** Gives the ledger the whole place: a snapshot of what is in memory now, and these events up to it, above `confirmed`. */
  putBack(confirmed: number, events: readonly Draft[]): Promise<Appended>
  /** The ledger went away (true) or came back (false). */
  frozen(on: boolean): void
}

/** `lost`: a newer owner exists, or the ledger forgot the place and takes it back no more: the actor has to go. */
export type Committed = 'ok' | 'lost'

const FIRST_RETRY_MS = 50
const LONGEST_RETRY_MS = 1000

/**
 * Appends a place's turns to the ledger, one at a time, until each is in or the place is lost. While the ledger cannot be
 * reached the same batch is offered again under the same batch id, so that an answer that got lost counts once.
 */
export class Committer {
  readonly #deps: CommitterDeps
  readonly #held = new Held()
  #stopped = false
  version: number
  confirmed: number

  constructor(deps: CommitterDeps) {
    this.#deps = deps
    this.version = deps.version
    this.confirmed = deps.confirmed
  }

  /** Keeps events that were committed before this owner and not confirmed, for the case that the ledger falls behind. */
  hold(events: readonly Envelope[]): void {
    for (const { id, type, version, at, actor, data, seq } of events)
      if (seq > this.confirmed) this.#held.add(seq, [{ id, type, version, at, actor, data }])
  }

  confirm(seq: number): void {
    if (seq <= this.confirmed) return
    this.confirmed = seq
    this.#held.confirm(seq)
  }

  /**
   * All that is committed and not confirmed, if this owner has appended it itself, as the log gets it. Undefined where the ledger
   * has to be asked.
   */
  unconfirmed(): Envelope[] | undefined {
    const { place: key, epoch, version } = this.#deps
    if (this.confirmed < version) return undefined
    const drafts = this.#held.between(this.confirmed, this.version)
    return drafts?.map((draft, i) => ({ ...draft, key, epoch, seq: this.confirmed + i + 1 }))
  }

  /** Gives up waiting for a ledger that is away; what was being appended counts as lost. */
  stop(): void {
    this.#stopped = true
  }

  /**
   * Without drafts it only makes sure that the ledger has the place. Rejects only with errors that are bugs;
   * `LedgerUnavailable` is waited for.
   */
  async append(drafts: readonly Draft[]): Promise<Committed> {
    const { ledger, place, epoch } = this.#deps
    const head = this.version + drafts.length
    const batch = { place, epoch, expectedVersion: this.version, batchId: randomUUID(), events: drafts }
    let offer = () => ledger.append(batch)
    for (;;) {
      const answer = await this.#insist(offer)
      if (answer === undefined) return 'lost'
      if (answer.ok) {
        this.#held.add(this.version + 1, drafts)
        this.version = head
        this.confirm(answer.confirmed)
        return 'ok'
      }
      if (answer.why === 'stale') return 'lost'
      const missing = answer.why === 'behind' ? this.#held.between(answer.version, this.version) : undefined
      if (answer.why === 'behind' && missing) {
        const again = { ...batch, batchId: randomUUID(), events: [...missing, ...drafts] }
        offer = () => ledger.append({ ...again, expectedVersion: answer.version })
      } else {
        const kept = this.#held.between(this.confirmed, this.version)
        if (kept === undefined) return 'lost'
        const { confirmed } = this
        offer = () => this.#deps.putBack(confirmed, [...kept, ...drafts])
      }
    }
  }

  /** The same again until there is an answer; undefined when it is not waited for any more. */
  async #insist(offer: () => Promise<Appended>): Promise<Appended | undefined> {
    for (let tries = 0; !this.#stopped || tries === 0; tries++) {
      const answer = await offer().catch((error: unknown) => {
        if (error instanceof LedgerUnavailable) return undefined
        throw error
      })
      if (answer !== undefined) {
        if (tries > 0) this.#deps.frozen(false)
        return answer
      }
      if (this.#stopped) break
      if (tries === 0) this.#deps.frozen(true)
      await this.#pause(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** tries))
    }
    return undefined
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#deps.timers.after(ms, resolve))
  }
}
