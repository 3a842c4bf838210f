import { type Decoder, Encoder, Reflection } from '@colyseus/schema'
import type { Turns } from '#rooms/place/types.ts'
import { chatHandlers } from '#rooms/study/chat/chat.messages.ts'
import type { StudyPlace } from '#rooms/study/studyPlace.ts'
import { given, type Scenario, who } from '#rooms/study/testing/given.ts'
import { boundTo } from '#rooms/study/testing/turnsOf.ts'
import type { HistoryPage } from '#schemas/api/rooms.ts'
import { changed, firstSaid } from '#schemas/chat/changed.ts'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import type { StudyLink } from '../connection/studyLink.ts'
import { promises } from './handTimers.ts'

type Asked = { type: string; payload: unknown; answer(reply: unknown): void }

/**
 * A study room in memory with the real rules, the real appliers and real patches, but a network that a test moves by hand:
 * requests wait until `turn`, and patches, pushes and replies reach the client only over a connection that is not cut.
 */
export class ModelRoom {
  readonly #scenario: Scenario
  readonly #encoder: Encoder<StudyState>
  readonly #handlers: Record<string, (who: unknown, payload: unknown) => Promise<unknown>>
  /** Every message as it is now: what all lists must come to. */
  readonly archive = new Map<number, ChatMessage>()
  #pushes: { type: string; body: unknown }[] = []
  #link: ModelLink | null = null

  constructor(me: string, ...others: string[]) {
    this.#scenario = given(me, ...others)
    this.#encoder = new Encoder(this.state)
    this.#encoder.encode()
    this.#encoder.discardChanges()
    const turns: Turns<StudyPlace> = {
      place: this.#scenario.place,
      now: () => this.#scenario.now,
      live: async (change) => change(this.#scenario.place, this.#scenario.at),
      command: async (decide) => {
        const outcome = this.#scenario.when(decide)
        if (isRefusal(outcome)) return outcome
        for (const event of outcome.events) this.#keep(event)
        for (const effect of outcome.after) if (effect.do === 'push') this.#pushes.push(effect)
        return outcome.reply
      },
    }
    const loadMessage = async (number: number) => this.archive.get(number) ?? null
    // By name here: the model is asked like a room, by what came over the wire.
    this.#handlers = boundTo(turns, chatHandlers({ loadMessage, mayMention: () => true })) as never
  }

  get state(): StudyState {
    return this.#scenario.place.state
  }

  /** Somebody else does something, at once. */
  async by(userId: string, type: string, payload: unknown): Promise<unknown> {
    this.#scenario.after(1)
    return this.#handlers[type]?.(who(userId), payload)
  }

  /** The log confirms everything. */
  confirm(): void {
    this.state.storedThrough = this.state.chatHead
  }

  connect(me: string): ModelLink {
    this.#link?.cut()
    // What was pushed before reaches nobody.
    this.losePushes()
    this.#link = new ModelLink(me, this.#encoder)
    return this.#link
  }

  /** The room's turn: what was asked is done; then patch, pushes and replies go out, unless `lost` on the way. */
  async turn(lost = false): Promise<void> {
    const link = this.#link
    const asked = link?.take() ?? []
    const replies: (() => void)[] = []
    for (const { type, payload, answer } of asked) {
      this.#scenario.after(1)
      const reply = (await this.#handlers[type]?.(who(link?.me ?? ''), payload)) ?? refuse('unknown')
      replies.push(() => answer(reply))
    }
    const patch = this.#encoder.encode().slice()
    this.#encoder.discardChanges()
    const pushes = this.#pushes
    this.#pushes = []
    if (lost) link?.cut()
    if (link?.open) {
      link.patched(patch)
      for (const { type, body } of pushes) link.pushed(type, body)
      for (const reply of replies) reply()
    }
    await promises()
  }

  losePushes(): void {
    this.#pushes = []
  }

  history(query: { before?: number; after?: number; limit: number }): HistoryPage {
    const all = [...this.archive.values()].sort((a, b) => a.number - b.number)
    const { before, after, limit } = query
    const messages =
      after === undefined
        ? all.filter((m) => before === undefined || m.number < before).slice(-limit)
        : all.filter((m) => m.number > after).slice(0, limit)
    return { messages, complete: true, first: 1, head: this.state.chatHead }
  }

  #keep(event: NewEvent): void {
    const at = this.#scenario.now
    if (event.type === 'chat.sent') this.archive.set(event.data.number, firstSaid(event.data, at))
    else if (
      event.type === 'chat.edited' ||
      event.type === 'chat.deleted' ||
      event.type === 'chat.reacted' ||
      event.type === 'chat.pinned'
    ) {
      const before = this.archive.get(event.data.number)
      if (before) this.archive.set(event.data.number, changed(before, event, at))
    }
  }
}

export class ModelLink implements StudyLink {
  readonly me: string
  readonly #decoder: Decoder<StudyState>
  readonly #seen = new Map<string, (body: never) => void>()
  #asked: Asked[] = []
  open = true
  onPatch: () => void = () => {}

  constructor(me: string, encoder: Encoder<StudyState>) {
    this.me = me
    this.#decoder = Reflection.decode<StudyState>(Reflection.encode(encoder))
    this.#decoder.decode(encoder.encodeAll())
  }

  get state(): StudyState {
    return this.#decoder.state
  }

  request<T>(type: string, payload: unknown): Promise<T | Refusal> {
    if (!this.open) return Promise.resolve(refuse('unavailable'))
    return new Promise((resolve) => {
      this.#asked.push({ type, payload, answer: (reply) => resolve(reply as T) })
    })
  }

  onPush<T>(type: string, seen: (body: T) => void): void {
    this.#seen.set(type, seen as (body: never) => void)
  }

  take(): Asked[] {
    const asked = this.#asked
    this.#asked = []
    return asked
  }

  patched(patch: Uint8Array): void {
    this.#decoder.decode(patch)
    this.onPatch()
  }

  pushed(type: string, body: unknown): void {
    // Who listens to a type knows its form, as on a real link.
    this.#seen.get(type)?.(body as never)
  }

  /** From now on nothing goes either way; who waits is told so, as the SDK does. */
  cut(): void {
    this.open = false
    for (const { answer } of this.take()) answer(refuse('unavailable'))
  }
}
