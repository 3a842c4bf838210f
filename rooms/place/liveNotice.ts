import { Protocol } from '@colyseus/core'
import { Encoder } from '@colyseus/schema'
import type { PlaceState } from './model.ts'

/**
 * Patches that carry one live field and nothing else, beside the state's own encoder: for what has to be said while the state
 * in memory holds changes that nobody may see yet (I11), and for what one client has to know before the others. A twin of
 * the same class encodes the same field of the same root.
 */
export class LiveNotice {
  readonly #twin: PlaceState
  readonly #encoder: Encoder

  /** The one of all places whose state is of this class: nothing of a place is in it. */
  static of(state: PlaceState): LiveNotice {
    const Twin = state.constructor as new () => PlaceState
    const known = notices.get(Twin) ?? new LiveNotice(new Twin())
    notices.set(Twin, known)
    return known
  }

  private constructor(twin: PlaceState) {
    this.#twin = twin
    this.#encoder = new Encoder(twin)
  }

  frozen(on: boolean): Uint8Array {
    this.#twin.frozen = !on
    this.#encoder.discardChanges()
    this.#twin.frozen = on
    return this.#patch()
  }

  storedThrough(number: number): Uint8Array {
    this.#twin.storedThrough = -1
    this.#encoder.discardChanges()
    this.#twin.storedThrough = number
    return this.#patch()
  }

  #patch(): Uint8Array {
    this.#encoder.sharedBuffer[0] = Protocol.ROOM_STATE_PATCH
    return this.#encoder.encode({ offset: 1 }).slice()
  }
}

const notices = new WeakMap<new () => PlaceState, LiveNotice>()
