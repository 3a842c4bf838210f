import { type IRoomCache, initializeRoomCache } from '@colyseus/core'
import type { RedisClient } from '../redis/openRedis.ts'
import { type RedisLine, redisLine } from '../redis/redisLine.ts'
import { redisScript } from '../redis/redisScript.ts'
import { listingKeys } from './listingKeys.ts'

const read = (name: string) => redisScript(new URL(`./scripts/${name}.lua`, import.meta.url))
const scripts = { list: read('list'), unlist: read('unlist'), unlistProcess: read('unlistProcess') }

/** Who writes a listing: the epoch of its claim, or null for a room that claims no place (a shard of the lobby). */
export type Lister = { readonly process: string; readonly epoch: number | null }

/** The listings of all nodes. Every write compares the epoch with the ledger's claim and with what is listed (I2). */
export type RedisListings = {
  /** False: the claim is not this epoch's, or another one has it listed. `known` lists nothing anew. */
  list(room: IRoomCache, by: Lister, how: 'new' | 'known'): Promise<boolean>
  unlist(roomId: string, by: Lister): Promise<boolean>
  /** Takes out what a dead process left; what others have listed since stays. */
  unlistProcess(process: string): Promise<void>
  find(roomIds: readonly string[]): Promise<Map<string, IRoomCache>>
  /** All of one process, or of all: reads every listing one by one, so never on the path of a request. */
  all(process?: string): Promise<IRoomCache[]>
}

/** JSON knows neither Infinity (a room without a limit comes back as null) nor times. */
const parse = (json: string): IRoomCache => {
  const room = initializeRoomCache(JSON.parse(json) as Partial<IRoomCache>)
  room.maxClients ??= Number.POSITIVE_INFINITY
  room.createdAt = new Date(room.createdAt ?? 0)
  return room
}
const epochOf = ({ epoch }: Lister) => epoch ?? ''

export function redisListings(client: RedisClient, prefix = 'studyhub:'): RedisListings {
  const keys = listingKeys(prefix)
  const line: RedisLine = redisLine(client, { scripts: Object.values(scripts) })
  const two = (roomId: string) => [keys.record(roomId), keys.listing(roomId)]
  const entered = new Set<string>()
  // A server that came back may lack what was entered.
  line.onLost(() => entered.clear())

  /** Before the listing, so that a death in between leaves an entry too many and no listing unknown. */
  async function enter(process: string, roomId: string): Promise<void> {
    const name = `${process} ${roomId}`
    if (entered.has(name)) return
    await line.all([
      ['SADD', keys.processes, process],
      ['SADD', keys.roomsOf(process), roomId],
    ])
    entered.add(name)
  }
  async function leave(process: string, roomId: string): Promise<void> {
    entered.delete(`${process} ${roomId}`)
    await line.call(['SREM', keys.roomsOf(process), roomId])
  }
  const roomsOf = async (process: string) => (await line.call(['SMEMBERS', keys.roomsOf(process)])) as string[]

  const listings: RedisListings = {
    async list(room, by, how) {
      await enter(by.process, room.roomId)
      const args = [epochOf(by), by.process, JSON.stringify(room), how]
      return (await line.run(scripts.list, two(room.roomId), args)) === 1
    },
    async unlist(roomId, by) {
      const gone = (await line.run(scripts.unlist, [keys.listing(roomId)], [epochOf(by), by.process])) === 1
      await leave(by.process, roomId)
      return gone
    },
    async unlistProcess(process) {
      const rooms = await roomsOf(process)
      await Promise.all(rooms.map((roomId) => line.run(scripts.unlistProcess, two(roomId), [process])))
      if (rooms.length > 0) await line.call(['SREM', keys.roomsOf(process), ...rooms])
      await line.call(['SREM', keys.processes, process])
    },
    async find(roomIds) {
      const found = (await line.all(roomIds.map((id) => ['HGET', keys.listing(id), 'room'] as const))) as (
        | string
        | null
      )[]
      return new Map(roomIds.flatMap((id, i) => (found[i] ? [[id, parse(found[i])] as const] : [])))
    },
    async all(process) {
      const processes = process ? [process] : ((await line.call(['SMEMBERS', keys.processes])) as string[])
      const ids = (await Promise.all(processes.map(roomsOf))).flat()
      const rooms = [...(await listings.find([...new Set(ids)])).values()]
      return process ? rooms.filter((room) => room.processId === process) : rooms
    },
  }
  return listings
}
