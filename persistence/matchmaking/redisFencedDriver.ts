import type { IRoomCache, SortOptions } from '@colyseus/core'
import { RedisDriver } from '@colyseus/redis-driver'
import type { RedisClient } from '../redis/openRedis.ts'
import { RedisAway } from '../redis/RedisAway.ts'
import { matching } from './matching.ts'
import { type Lister, type RedisListings, redisListings } from './redisListings.ts'

const AGAIN_MS = 500

export type FencedDriverOptions = {
  readonly prefix?: string
  /** Whose listings these are: the node's name in the ledger, so that who marks it dead can take them out. Without it Colyseus' process. */
  readonly node?: string
}

type Operations = Partial<{ $set: Partial<IRoomCache>; $inc: Partial<IRoomCache> }>

/**
 * Colyseus' listings as a cache of the ledger's claims. A listing carries its place's epoch in its metadata (`epoch`), and
 * every write compares it: the listing of a living owner cannot be overwritten or removed by an evicted twin. Rooms
 * without an epoch in their metadata claim nothing and are fenced by their process alone.
 *
 * Colyseus does not wait for some of these calls, so none rejects because Redis is away, but the first listing of a new
 * room: what could not be written is written, as it is by then, when Redis is back.
 */
export class RedisFencedDriver extends RedisDriver {
  readonly #listings: RedisListings
  readonly #client: RedisClient
  readonly #node: string | undefined
  /** Who this process is for each room it lists. */
  readonly #mine = new Map<string, Lister>()
  readonly #owed = new Map<string, () => Promise<unknown>>()
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(client: RedisClient, options: FencedDriverOptions = {}) {
    super(client)
    this.#client = client
    this.#node = options.node
    this.#listings = redisListings(client, options.prefix)
  }

  override has = async (roomId: string) => (await this.#listings.find([roomId])).size > 0

  override findByIds(roomIds: string[]): Promise<Map<string, IRoomCache>> {
    return this.#listings.find(roomIds)
  }
  override async query(conditions: Partial<IRoomCache>, sort?: SortOptions): Promise<IRoomCache[]> {
    return matching(
      await this.#listings.all(this.#node === undefined ? conditions.processId : undefined),
      conditions,
      sort,
    )
  }
  override async findOne(conditions: Partial<IRoomCache>, sort?: SortOptions): Promise<IRoomCache> {
    const { roomId } = conditions
    const found =
      roomId === undefined ? (await this.query(conditions, sort))[0] : (await this.findByIds([roomId])).get(roomId)
    // Colyseus' own drivers answer undefined too; their type does not say so.
    return found as IRoomCache
  }

  async insert(room: IRoomCache): Promise<boolean> {
    return this.#list(room, 'new')
  }
  override persist(room: IRoomCache, create = false): Promise<boolean> {
    if (!room.roomId) return Promise.resolve(false)
    return create ? this.#list(room, 'new') : this.#later(room.roomId, () => this.#list(room, 'known'))
  }
  override update(room: IRoomCache, { $set, $inc }: Operations): Promise<boolean> {
    Object.assign(room, $set)
    for (const [field, by] of Object.entries($inc ?? {})) {
      // Colyseus names what it counts by field; the type has no index for that.
      const values = room as unknown as Record<string, number>
      values[field] = (values[field] ?? 0) + Number(by)
    }
    return this.persist(room)
  }
  override remove(roomId: string): Promise<boolean> {
    const by = this.#mine.get(roomId)
    this.#mine.delete(roomId)
    // Colyseus removes twice; a room it never listed is nobody's to remove.
    if (!by) return Promise.resolve(false)
    return this.#later(roomId, () => this.#listings.unlist(roomId, by))
  }
  /** Takes out what a dead node, or a process, has left. */
  override cleanup(process: string): Promise<void> {
    return this.#listings.unlistProcess(process)
  }
  override async shutdown(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#client.disconnect()
  }

  async #list(room: IRoomCache, how: 'new' | 'known'): Promise<boolean> {
    const epoch: unknown = room.metadata?.epoch
    const by = { process: this.#node ?? room.processId, epoch: typeof epoch === 'number' ? epoch : null }
    if (how === 'new') this.#mine.set(room.roomId, by)
    return this.#listings.list(room, by, how)
  }

  /** The newest write of a room that Redis was away for replaces an older one. */
  async #later(roomId: string, write: () => Promise<boolean>): Promise<boolean> {
    try {
      const done = await write()
      this.#owed.delete(roomId)
      return done
    } catch (error) {
      if (!(error instanceof RedisAway)) throw error
      // The client is gone for good: others learn by the epoch that nothing runs here.
      if (this.#closed) return false
      this.#owed.set(roomId, write)
      this.#timer ??= setTimeout(() => void this.#again(), AGAIN_MS).unref()
      return false
    }
  }
  async #again(): Promise<void> {
    this.#timer = undefined
    for (const [roomId, write] of [...this.#owed]) {
      if (this.#owed.get(roomId) !== write) continue
      await this.#later(roomId, write as () => Promise<boolean>)
      if (this.#timer) return
    }
  }
}
