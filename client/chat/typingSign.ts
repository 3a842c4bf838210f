import type { StudyLink } from '../connection/studyLink.ts'
import type { Timers } from '../timers.ts'

/** Renewed this often while typing goes on; the room lets the sign fall after `limits.typingMs`. */
const RENEW_MS = 3_000

/** The typing sign (C4): a hint that is never repeated when it is lost. */
export class TypingSign {
  readonly #timers: Timers
  #link: StudyLink | null = null
  #toldAt = Number.NEGATIVE_INFINITY

  constructor(timers: Timers) {
    this.#timers = timers
  }

  set(on: boolean): void {
    const now = this.#timers.mono()
    const up = now - this.#toldAt < RENEW_MS
    if (on === up) return
    this.#toldAt = on ? now : Number.NEGATIVE_INFINITY
    void this.#link?.request('chat.typing', { on })
  }

  /** The room takes the sign down by itself when a message comes. */
  forget(): void {
    this.#toldAt = Number.NEGATIVE_INFINITY
  }

  attach(link: StudyLink): void {
    this.#link = link
    this.forget()
  }
  detach(): void {
    this.#link = null
  }
}
