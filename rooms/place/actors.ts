/** What the rest of a node sees of a live actor. */
export interface Actor {
  readonly id: string
  /** Ends the actor for a move to another node: snapshot, release, clients told to enter again. */
  drain(): Promise<void>
  /** Makes sure that the ledger still has the place, after it has come back; puts it back if not. */
  verify(): void
  /** Ends the actor of a node that is marked dead: nothing is written, clients are told to enter again. */
  lose(): Promise<void>
}

/**
 * The live actors of this node, at most one per place (I2). An id whose actor is ending is not free before it is gone: two
 * actors of one id would otherwise overlap inside Colyseus.
 */
export class Actors {
  readonly #live = new Map<string, Actor>()
  readonly #ending = new Map<string, Promise<void>>()
  readonly #watchers = new Map<string, (() => void)[]>()

  get(id: string): Actor | undefined {
    return this.#live.get(id)
  }
  all(): readonly Actor[] {
    return [...this.#live.values()]
  }
  get size(): number {
    return this.#live.size
  }
  started(actor: Actor): void {
    this.#live.set(actor.id, actor)
  }
  /** The actor takes nothing more; `gone` settles when Colyseus has disposed of it. */
  ending(actor: Actor, gone: Promise<unknown>): void {
    if (this.#live.get(actor.id) === actor) this.#live.delete(actor.id)
    const done: Promise<void> = gone.then(
      () => this.#free(actor.id, done),
      () => this.#free(actor.id, done),
    )
    this.#ending.set(actor.id, done)
  }
  /** Resolves at the next end of an actor of this id. */
  whenGone(id: string): Promise<void> {
    return new Promise((resolve) => {
      this.#watchers.set(id, [...(this.#watchers.get(id) ?? []), resolve])
    })
  }
  /** Resolves when no actor of this id is on its way out. */
  async free(id: string): Promise<void> {
    for (let ending = this.#ending.get(id); ending; ending = this.#ending.get(id)) await ending
  }
  #free(id: string, done: Promise<void>): void {
    if (this.#ending.get(id) === done) this.#ending.delete(id)
    const watchers = this.#watchers.get(id) ?? []
    this.#watchers.delete(id)
    for (const gone of watchers) gone()
  }
}
