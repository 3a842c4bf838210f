import { untouched } from '#schemas/chat/changed.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import type { ShownMessage } from '../types.ts'
import type { Outbox } from './outbox.ts'
import type { Timeline } from './timeline.ts'
import type { Unsent } from './unsent.ts'

type Unshown = { readonly shown: ShownMessage; readonly handle: number }

/**
 * Timeline and outbox as one list. A message keeps its object until something of it changes, and its key for ever: the own
 * one that was `sending` is the same entry once it has its number.
 */
export class ShownList {
  readonly #timeline: Timeline
  readonly #outbox: Outbox
  readonly #me: string
  readonly #byNumber = new Map<number, ShownMessage>()
  readonly #byKey = new Map<string, Unshown>()
  /** Keys of own messages by their numbers, and back. */
  readonly #keys = new Map<number, string>()
  readonly #numbers = new Map<string, number>()
  #storedThrough = 0

  constructor(timeline: Timeline, outbox: Outbox, me: string) {
    this.#timeline = timeline
    this.#outbox = outbox
    this.#me = me
  }

  /** A message of the timeline is new or changed. */
  touched(number: number): void {
    this.#byNumber.delete(number)
  }

  stored(through: number): boolean {
    if (through <= this.#storedThrough) return false
    for (let n = this.#storedThrough + 1; n <= through && n <= this.#timeline.head; n++) this.#byNumber.delete(n)
    this.#storedThrough = through
    return true
  }

  build(authorName: string, patient: boolean): ShownMessage[] {
    for (const item of this.#outbox.items) this.#recognise(item)
    const list: ShownMessage[] = []
    const { floor, head } = this.#timeline
    for (let n = floor; n > 0 && n <= head; n++) {
      const message = this.#timeline.get(n)
      if (message) list.push(this.#shown(message))
      else if (patient) break
    }
    const pending = new Map<string, Unshown>()
    for (const item of this.#outbox.items) {
      const number = this.#numbers.get(item.key)
      const said = number !== undefined && (number < this.#timeline.floor || this.#timeline.get(number) !== undefined)
      if (!item.refused && said) continue
      const entry = this.#pending(item, authorName)
      pending.set(item.key, entry)
      list.push(entry.shown)
    }
    for (const key of this.#byKey.keys()) if (!pending.has(key)) this.#byKey.delete(key)
    return list
  }

  /** Drops what is kept for numbers that are not in the list any more. */
  trim(): void {
    for (const number of this.#byNumber.keys()) if (!this.#timeline.get(number)) this.#byNumber.delete(number)
  }

  /**
   * An own message stands in the list before the answer that names its number, which may have been lost with a connection.
   * Until that answer tells, the same words by the same user, said since, are taken for it.
   */
  #recognise(item: Unsent): void {
    if (item.number !== null) {
      this.#pair(item.number, item.key)
      return
    }
    if (!item.tried || item.refused || this.#numbers.has(item.key)) return
    for (let n = Math.max(item.after + 1, this.#timeline.floor); n <= this.#timeline.head; n++) {
      const message = this.#timeline.get(n)
      if (message?.author !== this.#me || message.text !== item.text || this.#keys.has(n)) continue
      this.#pair(n, item.key)
      return
    }
  }

  #pair(number: number, key: string): void {
    const before = this.#numbers.get(key)
    if (before === number) return
    if (before !== undefined) {
      this.#keys.delete(before)
      this.#byNumber.delete(before)
    }
    this.#keys.set(number, key)
    this.#numbers.set(key, number)
    this.#byNumber.delete(number)
  }

  #shown(message: ChatMessage): ShownMessage {
    const kept = this.#byNumber.get(message.number)
    if (kept) return kept
    const shown: ShownMessage = {
      ...message,
      delivery: message.number <= this.#storedThrough ? 'stored' : 'sent',
      key: this.#keys.get(message.number) ?? `m${message.number}`,
      n: null,
      refused: null,
      keptBack: null,
    }
    this.#byNumber.set(message.number, shown)
    return shown
  }

  #pending(item: Unsent, authorName: string): Unshown {
    const delivery = item.refused ? 'failed' : item.number === null ? 'sending' : 'sent'
    const keptBack = delivery === 'sending' ? this.#outbox.keptBack : null
    const kept = this.#byKey.get(item.key)
    if (
      kept &&
      kept.shown.delivery === delivery &&
      kept.shown.refused === item.refused &&
      kept.shown.keptBack === keptBack
    )
      return kept
    const handle = this.#outbox.handleOf(item)
    const shown: ShownMessage = {
      number: 0,
      author: this.#me,
      authorName,
      text: item.text,
      at: item.sentAt ?? item.at,
      replyTo: item.replyTo,
      mentions: item.mentions,
      ...untouched(),
      delivery,
      key: item.key,
      n: handle,
      refused: item.refused,
      keptBack,
    }
    const entry = { shown, handle }
    this.#byKey.set(item.key, entry)
    return entry
  }
}
