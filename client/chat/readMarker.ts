import { isRefusal } from '#schemas/refusals.ts'
import type { StudyLink } from '../connection/studyLink.ts'
import type { TimerGroup } from '../timers.ts'

const EVERY_MS = 1_000

/** How far this user has read: at once here, told to the room at most once a second, never backwards (I4). */
export class ReadMarker {
  readonly #timers: TimerGroup
  readonly #changed: () => void
  #link: StudyLink | null = null
  #wanted = 0
  #confirmed = 0
  #waiting = false

  constructor(timers: TimerGroup, changed: () => void) {
    this.#timers = timers
    this.#changed = changed
  }

  get through(): number {
    return Math.max(this.#wanted, this.#confirmed)
  }

  want(number: number): void {
    if (number <= this.through) return
    this.#wanted = number
    this.#changed()
    this.#tell()
  }

  /** What the room says; true if it is news. */
  confirmed(number: number): boolean {
    if (number <= this.#confirmed) return false
    const before = this.through
    this.#confirmed = number
    return this.through !== before
  }

  attach(link: StudyLink): void {
    this.#link = link
    this.#tell()
  }
  detach(): void {
    this.#link = null
  }

  #tell(): void {
    const link = this.#link
    if (this.#waiting || !link || this.#wanted <= this.#confirmed) return
    this.#waiting = true
    const number = this.#wanted
    void link.request('chat.read', { number }).then((reply) => {
      if (!isRefusal(reply) && this.confirmed(reply.readThrough)) this.#changed()
    })
    this.#timers.after(EVERY_MS, () => {
      this.#waiting = false
      // A refused one is said again with the next; the last wanted number always goes out.
      if (this.#wanted > number) this.#tell()
    })
  }
}
