import { type Client, ClientState, Protocol, SchemaSerializer } from '@colyseus/core'
import type { Schema } from '@colyseus/schema'
import { sendToAll } from './sendToAll.ts'

const NOTHING = new Uint8Array(0)

/**
 * Makes what goes out equal what is committed (I11). The stock serializer answers a joiner's acknowledgement at once with
 * the full state, also in the middle of a turn, and hands the socket a view of the encoder's reused buffer, so that a
 * slow reader gets bytes of later patches. This one holds full states back while a turn is open, and sends copies. Our states
 * have no views and no unreliable fields, so all clients get the same bytes.
 */
export class TurnSerializer<S extends Schema> extends SchemaSerializer<S> {
  /** Set while decided changes are not yet committed. */
  turnOpen = false
  readonly #waiting = new Set<Client>()

  /** Has acknowledged its join in a turn and gets its full state at the turn's end. */
  isWaiting(client: Client): boolean {
    return this.#waiting.has(client)
  }

  override getFullState(client?: Client): Uint8Array {
    if (client && this.turnOpen) {
      this.#waiting.add(client)
      return NOTHING
    }
    const bytes = super.getFullState(client)
    // The encoder grows its own buffer but never this one: too small, every further full state allocates twice.
    if (bytes.length > this.fullEncodeBuffer.length) {
      const grown = new Uint8Array(bytes.length * 2)
      grown[0] = this.fullEncodeBuffer[0] ?? 0
      this.fullEncodeBuffer = grown
      this.needFullEncode = true
    }
    return bytes.slice()
  }

  override applyPatches(clients: Client[]): boolean {
    const changed = this.encoder.hasChanges
    if (changed) {
      this.needFullEncode = true
      const readers = clients.filter((c) => c.state === ClientState.JOINED && !this.#waiting.has(c))
      if (readers.length > 0) {
        this.encoder.sharedBuffer[0] = Protocol.ROOM_STATE_PATCH
        sendToAll(readers, this.encoder.encode({ offset: 1 }))
      }
      this.encoder.discardChanges()
    }
    for (const client of this.#waiting) if (clients.includes(client)) client.raw(this.getFullState(client))
    this.#waiting.clear()
    return changed
  }
}
