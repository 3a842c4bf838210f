import type { Random } from './random.ts'
import type { Resident } from './resident.ts'
import type { Witness } from './witness.ts'

/** More than this waits unsent: he stops talking until they are through, as a person would. */
const MOST_UNSENT = 12

/** Talks without a pause, by the real outbox. Each text carries sender, number and an id of its own. */
export class Chatter {
  readonly resident: Resident
  readonly said: string[] = []
  /** When each was said, by this process' clock. */
  readonly saidAt = new Map<string, number>()
  readonly #witness: Witness
  readonly #random: Random
  readonly #everyMs: number
  readonly #more: string
  #timer: NodeJS.Timeout | undefined
  #stops: (() => void)[] = []

  constructor(resident: Resident, witness: Witness, random: Random, everyMs: number, more = 0) {
    this.resident = resident
    this.#witness = witness
    this.#random = random
    this.#everyMs = everyMs
    this.#more = 'x'.repeat(more)
  }

  async enter(roomId: string): Promise<void> {
    for (const stop of this.#stops) stop()
    const room = await this.resident.enter(roomId)
    const { name } = this.resident
    this.#stops = [
      this.#witness.watch(room, name),
      // What the outbox was answered: the number under which the room says to have committed it.
      room.chat.view.subscribe(() => {
        for (const message of room.chat.view.get().messages.slice(-40)) {
          if (message.author !== room.me || message.delivery === 'sending') continue
          if (message.delivery === 'failed') this.#witness.faults.push(`${name}: ${message.text} ${message.refused}`)
          // Answered, but the patch with it is not here yet: it has no place in the list so far.
          else if (message.number > 0) this.#witness.note(message.number, message.text, `${name}'s outbox`)
        }
      }),
    ]
  }

  start(): void {
    this.#timer = setTimeout(
      () => {
        this.sayOne()
        this.start()
      },
      this.#everyMs * (0.5 + this.#random()),
    )
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  /** What of it waits unanswered, for a failure's sake. */
  get unsent(): readonly string[] {
    const view = this.resident.hub.place.get()
    if (view.status !== 'in') return [view.status]
    const { messages } = view.room.chat.view.get()
    return messages
      .filter((m) => m.author === view.room.me && m.number === 0)
      .map((m) => `${m.n} ${m.delivery} ${m.refused}`)
  }

  sayOne(): void {
    const view = this.resident.hub.place.get()
    if (view.status !== 'in') return
    const { messages } = view.room.chat.view.get()
    if (messages.slice(-MOST_UNSENT).filter((m) => m.delivery === 'sending').length >= MOST_UNSENT) return
    const text = `${this.resident.name} ${this.said.length + 1} ${this.#random().toString(36).slice(2)}${this.#more}`
    this.said.push(text)
    this.saidAt.set(text, performance.now())
    view.room.chat.send(text)
  }
}
