import { randomUUID } from 'node:crypto'
import { type IRoomCache, initializeRoomCache } from '@colyseus/core'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { sharedServer } from '../../ops/servers/sharedServer.ts'
import { startServer } from '../../ops/servers/startServer.ts'
import { openRedisLedger } from '../ledger/redis/openRedisLedger.ts'
import { claimed } from '../ledger/redis/testing/redisUnderTest.ts'
import { openRedis } from '../redis/openRedis.ts'
import { RedisFencedDriver } from './redisFencedDriver.ts'

const prefix = `${randomUUID()}:`
const listing = (roomId: string, processId: string, epoch?: number): IRoomCache =>
  initializeRoomCache({ roomId, processId, name: 'study', ...(epoch !== undefined && { metadata: { epoch } }) })

/** A node's driver beside the ledger, as two nodes have them. */
function open(url: string) {
  const ledger = openRedisLedger({ url }, { prefix, generations: { waitMs: 0, opensAlone: true } })
  const driver = (node?: string) => {
    const made = new RedisFencedDriver(openRedis({ url }), { prefix, ...(node !== undefined && { node }) })
    onTestFinished(() => made.shutdown())
    return made
  }
  onTestFinished(() => ledger.close())
  return { ledger, driver, a: driver(), b: driver() }
}

describe('listings on Redis', () => {
  let url: string
  beforeAll(async () => {
    url = (await sharedServer('redis'))['REDIS_URL'] ?? ''
  })

  test('LISTING-1: an evicted twin cannot change, overwrite or remove the listing of the living owner (I2)', async () => {
    const { ledger, a, b } = open(url)
    const place = randomUUID()
    const old = await claimed(ledger, place, 'a')
    const twin = listing(place, 'a', old.epoch)
    expect(await a.insert(twin)).toBe(true)
    await ledger.markDead('a', 0)
    const owner = listing(place, 'b', (await claimed(ledger, place, 'b')).epoch)
    expect(await b.insert(owner)).toBe(true)

    expect(await a.update(twin, { $inc: { clients: 5 } })).toBe(false)
    expect(await a.persist(twin)).toBe(false)
    expect(await a.persist(twin, true)).toBe(false)
    expect(await a.insert(twin)).toBe(false)
    expect(await a.remove(place)).toBe(false)
    await a.cleanup('a')
    expect(await b.findOne({ roomId: place })).toEqual(owner)
    expect(await b.update(owner, { $inc: { clients: 2 }, $set: { locked: true } })).toBe(true)
    expect(await a.findOne({ roomId: place })).toMatchObject({ processId: 'b', clients: 2, locked: true })
    expect(await b.remove(place)).toBe(true)
    expect(await a.has(place)).toBe(false)
  })

  test('LISTING-2: who does not own the place according to the ledger is not listed, nor back after its end', async () => {
    const { ledger, a, b } = open(url)
    const place = randomUUID()
    expect(await a.insert(listing(place, 'a', 5))).toBe(false)
    const { epoch } = await claimed(ledger, place, 'b')
    expect(await a.insert(listing(place, 'a', epoch - 1))).toBe(false)
    const owner = listing(place, 'b', epoch)
    expect(await b.insert(owner)).toBe(true)
    await ledger.release(place, epoch)
    expect(await b.remove(place)).toBe(true)
    expect(await b.update(owner, { $inc: { clients: 1 } })).toBe(false)
    expect(await b.persist(owner, true)).toBe(false)
    expect(await a.has(place)).toBe(false)
  })

  test('LISTING-3: the listings of a dead process go at once, those taken over stay', async () => {
    const { ledger, a, b } = open(url)
    const [left, taken] = [randomUUID(), randomUUID()]
    const [dead, next] = [randomUUID(), randomUUID()]
    for (const place of [left, taken]) await a.insert(listing(place, dead, (await claimed(ledger, place, dead)).epoch))
    await ledger.markDead(dead, 0)
    const owner = listing(taken, next, (await claimed(ledger, taken, next)).epoch)
    await b.insert(owner)
    expect((await b.query({ processId: dead })).map(({ roomId }) => roomId)).toEqual([left])
    await b.cleanup(dead)
    expect(await b.findByIds([left, taken])).toEqual(new Map([[taken, owner]]))
    expect(await b.query({ processId: dead })).toEqual([])
    expect(await a.query({ processId: next })).toEqual([owner])
  })

  test('LISTING-3: a node’s listings go by its name in the ledger, whatever Colyseus calls its process', async () => {
    const { driver, b } = open(url)
    const [node, shard] = [randomUUID(), randomUUID()]
    const a = driver(node)
    expect(await a.insert(listing(shard, 'a process'))).toBe(true)
    expect((await a.query({ processId: 'a process' })).map(({ roomId }) => roomId)).toEqual([shard])
    await b.cleanup('a process')
    expect(await b.has(shard)).toBe(true)
    await b.cleanup(node)
    expect(await b.has(shard)).toBe(false)
  })

  test('LISTING-4: a room that claims no place belongs to its process', async () => {
    const { a, b } = open(url)
    const id = randomUUID()
    const shard = listing(id, 'a')
    expect(await a.insert(shard)).toBe(true)
    expect(await b.insert(listing(id, 'b'))).toBe(false)
    expect(await b.remove(id)).toBe(false)
    await b.cleanup('b')
    expect(await b.findOne({ roomId: id })).toEqual(shard)
    expect((await b.query({ name: 'study', clients: 0 })).map(({ roomId }) => roomId)).toContain(id)
    expect(await a.remove(id)).toBe(true)
    expect(await b.findOne({ roomId: id })).toBeUndefined()
  })
})

test('LISTING-5: what Redis was away for is written when it is back, and nothing is rejected meanwhile', async () => {
  const server = await startServer('redis')
  onTestFinished(() => server.stop())
  const { a, b } = open(server.settings['REDIS_URL'] ?? '')
  const [removed, changed] = [listing(randomUUID(), 'a'), listing(randomUUID(), 'a')]
  for (const room of [removed, changed]) await a.insert(room)
  await server.pause()
  const answers = Promise.all([a.remove(removed.roomId), a.update(changed, { $inc: { clients: 1 } })])
  expect(await answers).toEqual([false, false])
  expect(await a.update(changed, { $inc: { clients: 1 } })).toBe(false)
  await server.resume()
  await expect.poll(() => b.has(removed.roomId), { timeout: 20_000 }).toBe(false)
  await expect.poll(async () => (await b.findOne({ roomId: changed.roomId })).clients, { timeout: 20_000 }).toBe(2)
})

test('LISTING-6: neither listings nor ledger read a keyspace or a whole hash', async () => {
  const server = await startServer('redis')
  onTestFinished(() => server.stop())
  const url = server.settings['REDIS_URL'] ?? ''
  const { ledger, a } = open(url)
  const place = randomUUID()
  const { epoch } = await claimed(ledger, place, 'a')
  await a.insert(listing(place, 'a', epoch))
  await a.query({})
  await a.cleanup('a')
  await ledger.dirty(10)
  await ledger.markDead('a', 0)
  await ledger.orphans('', 10)
  const client = openRedis({ url })
  onTestFinished(() => client.disconnect())
  await new Promise<void>((resolve) => void client.once('ready', () => resolve()))
  const used = [...(await client.info('commandstats')).matchAll(/cmdstat_(\w+):/g)].map(([, name]) => name)
  expect(used).toContain('evalsha')
  const forbidden = /^(keys|h?scan|sscan|zscan|hgetall|hkeys|hvals|randomkey)$/
  expect(used.filter((name) => forbidden.test(name ?? ''))).toEqual([])
})
