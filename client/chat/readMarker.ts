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
  #marked: number | null = null
  /** The room may hold a "marked unread" of ours that has to be taken away, here or from an earlier stay. */
  #owed = true

  constructor(timers: TimerGroup, changed: () => void) {
    this.#timers = timers
    this.#changed = changed
  }

  get through(): number {
    return Math.max(this.#wanted, this.#confirmed)
  }
  /** From here on it counts as unread, because the user said so; until he reads again. */
  get marked(): number | null {
    return this.#marked
  }

  want(number: number): void {
    if (number <= this.through && !this.#owed) return
    this.#marked = null
    this.#wanted = Math.max(this.#wanted, number)
    this.#changed()
    this.#tell()
  }

  /** The room has taken the mark. */
  mark(number: number): void {
    this.#marked = number
    this.#owed = true
    this.#changed()
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
    const unmarks = this.#owed && this.#marked === null && this.#wanted > 0
    if (this.#waiting || !link || (this.#wanted <= this.#confirmed && !unmarks)) return
    this.#waiting = true
    const number = this.through
    if (unmarks) this.#owed = false
    void link.request('chat.read', { number }).then((reply) => {
      if (isRefusal(reply)) this.#owed ||= unmarks
      else if (this.confirmed(reply.readThrough)) this.#changed()
    })
    this.#timers.after(EVERY_MS, () => {
      this.#waiting = false
      // A refused one is said again with the next; the last wanted number always goes out.
      if (this.#wanted > number || (this.#owed && this.#marked === null)) this.#tell()
    })
  }
}
