import { matchMaker } from '@colyseus/core'
import type { Actors } from '#rooms/place/actors.ts'
import type { Log } from '#rooms/place/deps.ts'
import { JoinRefused } from '#rooms/place/join.ts'
import { OwnedElsewhere, ownerIn } from '#rooms/place/restore.ts'
import type { Founding, StudyActor } from '#rooms/study/StudyRoom.ts'
import { roomNames } from '#schemas/place.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'

/** Finds or wakes study rooms: one maker per id on this node, which waits for an actor that is ending (§5.5). */
export class StudyActors {
  readonly #actors: Actors
  readonly #log: Log
  readonly #making = new Map<string, Promise<StudyActor | Refusal>>()
  /** Set when the node drains: nothing is woken any more. */
  closed = false

  constructor(actors: Actors, log: Log) {
    this.#actors = actors
    this.#log = log
  }

  live(id: string): StudyActor | undefined {
    const actor = this.#actors.get(id)
    return actor && 'place' in actor ? (actor as StudyActor) : undefined
  }

  /** The live actor, woken if it slept. `unavailable`: the ledger is away. Throws `OwnedElsewhere` when another node has the place. */
  async wake(id: string, found?: Founding): Promise<StudyActor | Refusal> {
    if (this.closed) return refuse('draining')
    // An actor is live a little before Colyseus has it, and a seat asked for then is asked of other nodes: 2 s without an answer.
    const running = this.#making.get(id)
    if (running) return running
    const live = this.live(id)
    if (live) return live
    const making = this.#make(id, found).finally(() => this.#making.delete(id))
    this.#making.set(id, making)
    return making
  }

  async #make(id: string, found: Founding | undefined): Promise<StudyActor | Refusal> {
    await this.#actors.free(id)
    try {
      await matchMaker.handleCreateRoom(
        roomNames.study,
        found === undefined ? {} : { found, by: found.owner.userId },
        undefined,
        id,
      )
    } catch (error) {
      const owner = ownerIn(error)
      if (owner !== undefined) throw new OwnedElsewhere(owner)
      const refusal = refusalIn(error)
      if (!refusal) this.#log('warn', { place: id, error: String(error) }, 'a place could not be woken')
      return refusal ?? refuse('unavailable')
    }
    return this.live(id) ?? refuse('unavailable')
  }
}

// Colyseus wraps what `onCreate` throws and keeps code and message.
function refusalIn(error: unknown): Refusal | undefined {
  if (error instanceof JoinRefused) return error.refusal
  try {
    const parsed: unknown = JSON.parse((error as Error).message)
    return typeof parsed === 'object' && parsed !== null && 'refused' in parsed ? (parsed as Refusal) : undefined
  } catch {
    return undefined
  }
}
