/**
 * Which changes of a conversation have been seen. Each change raises the revision by one, and reaches a client by the window
 * or by a push that may be lost (I13): a revision the room names and nobody has shown is one to ask for.
 */
export class Revisions {
  /** All up to here were seen. */
  through = 0
  readonly #beyond = new Set<number>()

  saw(revision: number): void {
    if (revision > this.through) this.#beyond.add(revision)
    while (this.#beyond.delete(this.through + 1)) this.through++
  }

  /** Everything up to here is accounted for. */
  settle(revision: number): void {
    if (revision <= this.through) return
    this.through = revision
    for (const r of this.#beyond) if (r <= revision) this.#beyond.delete(r)
    while (this.#beyond.delete(this.through + 1)) this.through++
  }

  missing(current: number): boolean {
    return current > this.through
  }
}
