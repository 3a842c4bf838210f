import { messageOf } from '#schemas/chat/messageOf.ts'
import { limits } from '#schemas/limits.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import type { StudyLink } from '../connection/studyLink.ts'
import type { HubSetup } from '../options.ts'
import { createStore } from '../store.ts'
import { TimerGroup } from '../timers.ts'
import type { Api, ChatHandle, ChatView, Store } from '../types.ts'
import { History } from './history.ts'
import { Outbox } from './outbox.ts'
import { ReadMarker } from './readMarker.ts'
import { Revisions } from './revisions.ts'
import { ShownList } from './shownList.ts'
import { StageWatch } from './stageWatch.ts'
import { Timeline } from './timeline.ts'
import { TypingSign } from './typingSign.ts'

/** A change the room has made known must have shown itself within this time, else it is asked for. */
const AMENDMENT_WAIT_MS = 1_000

export type ChatDeps = { readonly setup: HubSetup; readonly api: Api; readonly roomId: string; readonly me: string }

/** The chat of a place over all its connections: window, history, amendments and outbox as one list (§5.3). */
export class Chat implements ChatHandle {
  readonly view: Store<ChatView>
  readonly #store = createStore<ChatView>(empty)
  readonly #me: string
  readonly #timers: TimerGroup
  readonly #timeline = new Timeline()
  readonly #revisions = new Revisions()
  readonly #outbox: Outbox
  readonly #history: History
  readonly #list: ShownList
  readonly #read: ReadMarker
  readonly #typing: TypingSign
  readonly #stage = new StageWatch()
  #link: StudyLink | null = null
  #state: StudyState | null = null
  /** What the last look at the window has seen: nothing new since, nothing to do. */
  #seen = { head: -1, revision: -1, lowest: 0 }
  /** The connection that was asked for changes; what it is asked may end with it unanswered. */
  #asking: StudyLink | null = null

  constructor({ setup, api, roomId, me }: ChatDeps) {
    this.view = this.#store
    this.#me = me
    this.#timers = new TimerGroup(setup.timers)
    this.#outbox = new Outbox({
      storage: setup.storage,
      timers: setup.timers,
      user: me,
      conversation: roomId,
      random: setup.random,
      head: () => this.#timeline.head,
      changed: () => this.#publish(),
    })
    this.#history = new History({
      roomId,
      api,
      timers: this.#timers,
      timeline: this.#timeline,
      took: (messages) => this.#take(messages),
      changed: () => this.#publish(),
    })
    this.#list = new ShownList(this.#timeline, this.#outbox, me)
    this.#read = new ReadMarker(this.#timers, () => this.#publish())
    this.#typing = new TypingSign(setup.timers)
  }

  /** A new connection with its whole first state. */
  attach(link: StudyLink): void {
    this.#link = link
    this.#seen = { head: -1, revision: -1, lowest: 0 }
    if (this.#timeline.floor === 0) this.#revisions.settle(link.state.chatRevision)
    link.onPush<{ messages: ChatMessage[]; revision: number }>('chat.amended', (body) => {
      this.#revisions.saw(body.revision)
      this.#take(body.messages)
    })
    this.patched()
    this.#outbox.attach(
      (message) => link.request('chat.send', message),
      link.state.storedThrough,
      (number) => number <= link.state.chatHead,
    )
    this.#read.attach(link)
    this.#typing.attach(link)
    void this.#askAmendments()
  }

  detach(): void {
    this.#link = null
    this.#outbox.detach()
    this.#read.detach()
    this.#typing.detach()
  }

  close(): void {
    this.detach()
    this.#outbox.close()
    this.#timers.close()
  }

  /** The state has changed. */
  patched(): void {
    const state = this.#link?.state
    if (!state) return
    this.#state = state
    if (this.#stage.changed(state, this.#me)) this.#outbox.hurry()
    const moved = this.#look(state)
    const stored = this.#list.stored(state.storedThrough)
    if (stored) this.#outbox.confirm(state.storedThrough)
    const readThrough = state.members.get(this.#me)?.readThrough ?? 0
    if (moved || stored || this.#read.confirmed(readThrough)) this.#publish()
  }

  send(text: string, opts: { replyTo?: number; mentions?: readonly string[] } = {}): void {
    // As the room will normalise it, so that the answer can be recognised.
    const said = text.replaceAll('\r\n', '\n').normalize('NFC').replace(/\s+$/u, '')
    if (said === '') return
    this.#outbox.add({ text: said, replyTo: opts.replyTo ?? null, mentions: opts.mentions ?? [] })
    this.#typing.forget()
  }
  retry(n: number): void {
    this.#outbox.retry(n)
  }
  discard(n: number): void {
    this.#outbox.discard(n)
  }
  loadOlder(): Promise<void> {
    return this.#history.loadOlder()
  }
  loadAround(number: number): Promise<boolean> {
    return this.#history.loadAround(number)
  }
  typing(on: boolean): void {
    this.#typing.set(on)
  }
  async markUnread(number: number): Promise<Refusal | null> {
    const link = this.#link
    if (!link) return refuse('unavailable')
    const answer = await link.request('chat.markUnread', { number })
    if (isRefusal(answer)) return answer
    this.#read.mark(number)
    return null
  }
  markRead(number: number): void {
    this.#read.want(Math.min(number, this.#timeline.head))
  }

  /** Takes over what the window shows; true if the list has changed. */
  #look(state: StudyState): boolean {
    const seen = this.#seen
    if (seen.head === state.chatHead && seen.revision === state.chatRevision) return false
    let lowest = 0
    // In a window that has gone round the oldest does not stand first, and the first one put begins the list.
    const begins = this.#timeline.floor === 0
    for (const slot of begins ? [...state.chat].sort((a, b) => a.number - b.number) : state.chat) {
      if (slot.number === 0) continue
      if (lowest === 0 || slot.number < lowest) lowest = slot.number
      this.#revisions.saw(slot.revision)
      const known = this.#timeline.get(slot.number)
      if (!known || known.revision < slot.revision) this.#put(messageOf(slot))
    }
    this.#timeline.reach(state.chatHead, lowest)
    this.#seen = { head: state.chatHead, revision: state.chatRevision, lowest }
    if (this.#timeline.holes().length > 0) void this.#history.fill()
    this.#account(state)
    if (state.chatHead % limits.chatWindow === 0) this.#list.trim()
    return true
  }

  #put(message: ChatMessage): boolean {
    if (!this.#timeline.put(message)) return false
    this.#list.touched(message.number)
    return true
  }

  #take(messages: readonly ChatMessage[]): void {
    let changed = false
    for (const message of messages) changed = this.#put(message) || changed
    if (changed) this.#publish()
  }

  /** Changes only matter to what is loaded below the window: all else the window shows itself. */
  #account(state: StudyState): void {
    if (this.#timeline.floor >= this.#seen.lowest) this.#revisions.settle(state.chatRevision)
    else if (this.#revisions.missing(state.chatRevision)) {
      this.#timers.after(AMENDMENT_WAIT_MS, () => void this.#askAmendments())
    }
  }

  async #askAmendments(): Promise<void> {
    const link = this.#link
    if (!link || this.#asking === link || !this.#revisions.missing(link.state.chatRevision)) return
    this.#asking = link
    const reply = await link.request('chat.amendments', { since: this.#revisions.through })
    let settled = false
    if (!isRefusal(reply)) {
      this.#take(reply.messages)
      settled = reply.complete || (await this.#history.reload(this.#seen.lowest))
      if (settled) this.#revisions.settle(reply.revision)
    }
    if (this.#asking === link) this.#asking = null
    if (settled) return
    if (link === this.#link) this.#timers.after(AMENDMENT_WAIT_MS * 3, () => void this.#askAmendments())
  }

  #publish(): void {
    const state = this.#state
    const messages = this.#list.build(state?.members.get(this.#me)?.name ?? '', this.#history.patient)
    const { head } = this.#timeline
    const readThrough = Math.min(head, this.#read.through)
    const { marked } = this.#read
    this.#store.set({
      messages,
      hasOlder: this.#history.hasOlder,
      loadingOlder: this.#history.loadingOlder,
      head,
      readThrough,
      markedUnread: marked,
      unread: head - (marked === null ? readThrough : Math.min(readThrough, marked - 1)),
    })
  }
}

const empty: ChatView = {
  messages: [],
  hasOlder: false,
  loadingOlder: false,
  head: 0,
  readThrough: 0,
  markedUnread: null,
  unread: 0,
}
