import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { startServer } from '../../ops/servers/startServer.ts'
import { redisNodeLink } from '../nodeLink/redisNodeLink.ts'
import type { Presence } from '../ports/presence.ts'
import { presenceContract } from './presence.contract.ts'
import { redisPresence } from './redisPresence.ts'

/** A Redis and the books of several nodes on it; which of these live is this test's to say. */
async function shared() {
  const server = await startServer('redis')
  const url = server.settings['REDIS_URL'] ?? ''
  let now = 1_000_000
  const beats = new Map<string, number>()
  const ledger = { nodes: async () => [...beats].map(([node, at]) => ({ node, at, silentMs: now - at })) }
  const closers: (() => Promise<void>)[] = [() => server.stop()]
  return {
    ...{ server, url },
    beat: async (node: string) => void beats.set(node, now),
    buried: (node: string) => void beats.delete(node),
    pass: async (ms: number) => {
      now += ms
    },
    async join(node: string, renewMs?: number) {
      const link = redisNodeLink({ url })
      await link.open(node)
      const book = redisPresence({ url }, { ledger, link }, renewMs === undefined ? {} : { renewMs })
      closers.unshift(async () => {
        await book.close()
        await link.close()
      })
      return book
    },
    async close() {
      for (const close of closers) await close()
    },
  }
}

presenceContract('on Redis', async () => {
  const { join, beat, pass, close } = await shared()
  const book = await join('a')
  return { book: { ...book, close }, beat, pass }
})

async function twoNodes(renewMs?: number) {
  const hand = await shared()
  onTestFinished(() => hand.close())
  const [a, b] = [await hand.join('a', renewMs), await hand.join('b', renewMs)]
  await hand.beat('a')
  await hand.beat('b')
  return { ...hand, a, b }
}

const at = (user: string, session: string): Presence => ({ user, session, place: null, entry: 0, idle: false })

test('PRESENCE-10: what one node books another one reads, and hears of', async () => {
  const { a, b } = await twoNodes()
  const heard: string[] = []
  b.subscribe((users) => heard.push(...users))
  await a.put('a', { ...at('ana', 's1'), place: 'room', entry: 7, idle: true })
  expect(await b.of(['ana', 'ben'])).toEqual([{ ...at('ana', 's1'), place: 'room', entry: 7, idle: true }])
  await a.drop('a', 's1')
  await a.touch(['cho'])
  await expect.poll(() => heard).toEqual(['ana', 'ana', 'cho'])
  expect(await b.of(['ana'])).toEqual([])
})

test('PRESENCE-10: a Redis that came back empty is told again who is there, and not who has left meanwhile', async () => {
  const { a, b, server } = await twoNodes(300)
  await a.put('a', at('ana', 's1'))
  await a.put('a', at('ben', 's2'))
  await server.run('flush')
  expect(await b.of(['ana', 'ben'])).toEqual([])
  await a.drop('a', 's2')
  await expect.poll(() => b.of(['ana', 'ben'])).toEqual([at('ana', 's1')])
})

test('PRESENCE-10: what could not be written or taken out while Redis was away is made good afterwards', async () => {
  const { a, b, server } = await twoNodes(300)
  await a.put('a', at('ana', 's1'))
  await server.kill()
  await Promise.all([
    expect(a.put('a', at('ben', 's2'))).rejects.toThrow(),
    expect(a.drop('a', 's1')).rejects.toThrow(),
  ])
  await server.start()
  await expect.poll(() => b.of(['ana', 'ben']).catch(() => null), { timeout: 30_000 }).toEqual([at('ben', 's2')])
})

test('PRESENCE-10: entries of a dead node are taken out by who meets them; a node that ends takes its own', async () => {
  const { a, b, url, buried } = await twoNodes()
  const redis = new Redis(url)
  onTestFinished(() => redis.disconnect())
  await a.put('a', at('ana', 's1'))
  await b.put('b', at('ana', 's2'))
  buried('a')
  expect(await b.of(['ana'])).toEqual([at('ana', 's2')])
  await expect.poll(() => redis.hkeys('presence:{ana}')).toEqual(['b s2'])
  expect(await redis.ttl('presence:{ana}')).toBeGreaterThan(86_000)
  await b.close()
  expect(await redis.exists('presence:{ana}')).toBe(0)
})
