import { Protocol } from '@colyseus/core'
import { Encoder, type Schema } from '@colyseus/schema'

/**
 * Patches that carry the one field `frozen` and nothing else. While the ledger is away, the state in memory holds decided
 * changes that nobody may see yet (I11), so the state's own encoder cannot say it. A twin of the same class encodes the
 * same field of the same root.
 */
export class FrozenNotice {
  readonly #twin: Schema & { frozen: boolean }
  readonly #encoder: Encoder

  constructor(state: Schema & { frozen: boolean }) {
    const Twin = state.constructor as new () => Schema & { frozen: boolean }
    this.#twin = new Twin()
    this.#encoder = new Encoder(this.#twin)
    this.#encoder.discardChanges()
  }

  patch(frozen: boolean): Uint8Array {
    this.#twin.frozen = frozen
    this.#encoder.sharedBuffer[0] = Protocol.ROOM_STATE_PATCH
    const bytes = this.#encoder.encode({ offset: 1 }).slice()
    this.#encoder.discardChanges()
    return bytes
  }
}
