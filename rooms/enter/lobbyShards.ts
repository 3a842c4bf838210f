import { randomBytes } from 'node:crypto'
import { matchMaker } from '@colyseus/core'
import { roomNames } from '#schemas/place.ts'

type Listing = Awaited<ReturnType<typeof matchMaker.handleCreateRoom>>

/** Clients of one shard: what one room's sending stays cheap for. */
export const SHARD_SIZE = 500

/** The lobby's shards on this node; a new one is made when all are full. */
export class LobbyShards {
  readonly #shards = new Map<string, Listing>()
  #making: Promise<Listing> | undefined

  /** A shard with room. */
  async pick(): Promise<Listing> {
    for (const [id, listing] of this.#shards) {
      const room = matchMaker.getLocalRoomById(id)
      if (!room) this.#shards.delete(id)
      else if (room.clients.length + Object.keys(room['_reservedSeats']).length < SHARD_SIZE) return listing
    }
    this.#making ??= this.#make().finally(() => {
      this.#making = undefined
    })
    return this.#making
  }

  async #make(): Promise<Listing> {
    const id = `lobby-${randomBytes(6).toString('hex')}`
    const listing = await matchMaker.handleCreateRoom(roomNames.lobby, {}, undefined, id)
    this.#shards.set(id, listing)
    return listing
  }
}
