import type { KeyValue } from '../keyValue.ts'
import { randomId } from '../randomId.ts'
import type { Timers } from '../timers.ts'
import { type KeptOutbox, keptOutboxSchema } from './unsent.ts'

/** A tab that was silent for so long has lost its outboxes. */
export const HOLD_MS = 10_000
export const BEAT_MS = 3_000

/**
 * The outboxes of one user and conversation on this device. An outbox has one sender at a time: its numbers n must never be
 * given twice. Two tabs share the storage, so each sends from its own, and takes over what a closed or dead tab left. The
 * right to one is a lease on the wall clock both share: a tab that was frozen past it gives the outbox up by itself, before
 * it gives another number, even if nobody has taken it.
 */
export class OutboxStore {
  readonly #storage: KeyValue
  readonly #timers: Timers
  readonly #prefix: string
  readonly #tab = randomId()

  constructor(storage: KeyValue, timers: Timers, user: string, conversation: string) {
    this.#storage = storage
    this.#timers = timers
    this.#prefix = `studyhub:outbox:${user}:${conversation}:`
  }

  create(): KeptOutbox {
    return { id: randomId(), n: 0, items: [], owner: this.#tab, beat: this.#timers.wall() }
  }

  /** Takes every outbox that nobody holds, the fullest first. */
  adopt(): KeptOutbox[] {
    const now = this.#timers.wall()
    const free = this.#all().filter((o) => o.owner === '' || lapsed(o.beat, now))
    for (const outbox of free) {
      outbox.owner = this.#tab
      this.#write(outbox)
    }
    return free.sort((a, b) => b.items.length - a.items.length)
  }

  /** Whether this tab may still give numbers of it and send from it. An outbox never written is its maker's. */
  holds(outbox: KeptOutbox): boolean {
    if (lapsed(outbox.beat, this.#timers.wall())) return false
    const kept = this.#read(this.#prefix + outbox.id)
    return kept === null ? outbox.n === 0 || !this.#durable(outbox) : kept.owner === this.#tab
  }

  /** Writes it and renews the lease. Only for one that `holds`. */
  save(outbox: KeptOutbox): void {
    this.#write(outbox)
  }

  release(outbox: KeptOutbox): void {
    outbox.owner = ''
    if (outbox.n > 0) this.#write(outbox)
  }

  remove(outbox: KeptOutbox): void {
    this.#storage.remove(this.#prefix + outbox.id)
  }

  #write(outbox: KeptOutbox): void {
    outbox.beat = this.#timers.wall()
    this.#storage.set(this.#prefix + outbox.id, JSON.stringify(outbox))
  }

  /** False where the storage takes nothing (full, forbidden): then no other tab can take anything either. */
  #durable(outbox: KeptOutbox): boolean {
    const probe = `${this.#prefix}probe:${outbox.id}`
    this.#storage.set(probe, '1')
    const durable = this.#storage.get(probe) !== null
    this.#storage.remove(probe)
    return durable
  }

  #all(): KeptOutbox[] {
    return this.#storage
      .keys()
      .filter((key) => key.startsWith(this.#prefix))
      .map((key) => this.#read(key))
      .filter((outbox) => outbox !== null)
  }

  #read(key: string): KeptOutbox | null {
    const text = this.#storage.get(key)
    if (text === null) return null
    try {
      return keptOutboxSchema.parse(JSON.parse(text))
    } catch {
      return null
    }
  }
}

const lapsed = (beat: number, now: number): boolean => Math.abs(now - beat) > HOLD_MS
