import type { KeyValue } from '../keyValue.ts'
import { randomId } from '../randomId.ts'
import type { TimerGroup } from '../timers.ts'
import { BEAT_MS, OutboxStore } from './outboxStore.ts'
import type { KeptOutbox, Unsent } from './unsent.ts'

export type Draft = { readonly text: string; readonly replyTo: number | null; readonly mentions: readonly string[] }
/** A message on its way and the outbox in which it stands. */
export type Held = { readonly outbox: KeptOutbox; readonly item: Unsent }

export type HeldOutboxesDeps = {
  readonly storage: KeyValue
  readonly timers: TimerGroup
  readonly user: string
  readonly conversation: string
  /** Newest number of the conversation that is known. */
  head(): number
  /** Something about an unsent message has changed. */
  changed(): void
  /** Another tab's messages are this one's now. */
  adopted(): void
}

/** The outboxes from which this tab sends, for as long as it holds them, and what stands in them. */
export class HeldOutboxes {
  readonly #deps: HeldOutboxesDeps
  readonly #store: OutboxStore
  /** The first gets the new messages; the others were left by other tabs and run empty. */
  #kept: KeptOutbox[]
  readonly #handles = new Map<string, number>()
  #lastHandle = 0

  constructor(deps: HeldOutboxesDeps) {
    this.#deps = deps
    this.#store = new OutboxStore(deps.storage, deps.timers, deps.user, deps.conversation)
    this.#kept = this.#store.adopt()
    this.#beat()
  }

  /** In the order in which they are sent: what other tabs left is older than what is written here. */
  get inOrder(): readonly KeptOutbox[] {
    return [...this.#kept.slice(1), ...this.#kept.slice(0, 1)]
  }

  /** A stable number for a message, over every new n it gets. */
  handleOf(item: Unsent): number {
    let handle = this.#handles.get(item.key)
    if (handle === undefined) {
      handle = ++this.#lastHandle
      this.#handles.set(item.key, handle)
    }
    return handle
  }

  find(handle: number): Held | null {
    for (const outbox of this.#kept)
      for (const item of outbox.items) if (this.#handles.get(item.key) === handle) return { outbox, item }
    return null
  }

  add(draft: Draft): Unsent {
    const outbox = this.#own()
    const item: Unsent = {
      key: randomId(),
      n: ++outbox.n,
      text: draft.text,
      replyTo: draft.replyTo,
      mentions: [...draft.mentions],
      at: this.#deps.timers.wall(),
      after: this.#deps.head(),
      tried: false,
      number: null,
      sentAt: null,
      refused: null,
    }
    outbox.items.push(item)
    this.#store.save(outbox)
    this.#deps.changed()
    return item
  }

  /** Under a new n, as if it had been written now. */
  renumber({ outbox, item }: Held): void {
    const target = this.#own()
    outbox.items = outbox.items.filter((it) => it !== item)
    const anew = { n: ++target.n, at: this.#deps.timers.wall(), after: this.#deps.head(), tried: false }
    Object.assign(item, { ...anew, number: null, refused: null })
    target.items.push(item)
    // The new place first: a crash between the two writes repeats the question, and loses nothing.
    this.#store.save(target)
    if (target !== outbox) this.#store.save(outbox)
    this.#deps.changed()
  }

  drop(outbox: KeptOutbox, gone: (item: Unsent) => boolean): void {
    for (const item of outbox.items) if (gone(item)) this.#handles.delete(item.key)
    outbox.items = outbox.items.filter((item) => !gone(item))
    if (this.holds(outbox)) this.#store.save(outbox)
    this.#deps.changed()
  }

  /** Only one that `holds`. */
  save(outbox: KeptOutbox): void {
    this.#store.save(outbox)
  }

  holds(outbox: KeptOutbox): boolean {
    return this.#kept.includes(outbox) && this.#store.holds(outbox)
  }

  /** Lets go of outboxes whose lease was lost, takes up free ones, and forgets those that have run empty. */
  review(): void {
    const lost = this.#kept.filter((outbox) => !this.#store.holds(outbox))
    this.#kept = this.#kept.filter((outbox) => !lost.includes(outbox))
    const adopted = this.#store.adopt()
    this.#kept.push(...adopted)
    const [, ...others] = this.#kept
    for (const outbox of others)
      if (outbox.items.length === 0) {
        this.#kept = this.#kept.filter((o) => o !== outbox)
        this.#store.remove(outbox)
      }
    if (lost.length + adopted.length > 0) this.#deps.changed()
    if (adopted.some((outbox) => outbox.items.length > 0)) this.#deps.adopted()
  }

  /** Gives everything to whoever opens the conversation next on this device. */
  close(): void {
    for (const outbox of this.#kept) if (this.#store.holds(outbox)) this.#store.release(outbox)
    this.#kept = []
  }

  /** The outbox for new messages, one that this tab surely holds. */
  #own(): KeptOutbox {
    this.review()
    const first = this.#kept[0]
    if (first) return first
    const outbox = this.#store.create()
    this.#kept.push(outbox)
    return outbox
  }

  #beat(): void {
    this.#deps.timers.after(BEAT_MS, () => {
      this.review()
      for (const outbox of this.#kept) if (outbox.n > 0) this.#store.save(outbox)
      this.#beat()
    })
  }
}
