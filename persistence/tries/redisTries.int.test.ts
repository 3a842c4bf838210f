import { createHmac, randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { sharedServer } from '../../ops/servers/sharedServer.ts'
import { startServer } from '../../ops/servers/startServer.ts'
import { redisTries } from './redisTries.ts'
import { triesContract } from './tries.contract.ts'

const MINUTE = 60_000
const fresh = () => ({ prefix: `${randomBytes(6).toString('hex')}:`, secret: 'of all nodes' })

triesContract('on Redis', async () => {
  const { REDIS_URL: url = '' } = await sharedServer('redis')
  const options = fresh()
  const [a, b] = [redisTries({ url }, options), redisTries({ url }, options)]
  return { a, b, close: async () => void (await Promise.all([a.close(), b.close()])) }
})

test('TRIES-3: with Redis frozen or dead each node goes by what it has counted itself all along; nothing rejects', async () => {
  const server = await startServer('redis')
  onTestFinished(() => server.stop())
  const url = server.settings['REDIS_URL'] ?? ''
  const options = fresh()
  const [a, b] = [0, 1].map(() => {
    const book = redisTries({ url }, options)
    onTestFinished(() => book.close())
    return book.limit('guesses', { max: 3, withinMs: MINUTE })
  })
  if (!a || !b) throw new Error('two nodes')
  expect([await a.take('ana'), await a.take('ana')]).toEqual([0, 0])
  await server.pause()
  const began = performance.now()
  expect(await a.take('ana')).toBe(0)
  await a.refund('ben')
  expect(await a.take('ana')).toBeGreaterThan(0)
  expect(performance.now() - began).toBeLessThan(10_000)
  await server.resume()
  await server.kill()
  expect(await a.take('ana')).toBeGreaterThan(0)
  expect([await b.take('ana'), await b.take('ana'), await b.take('ana')]).toEqual([0, 0, 0])
  expect(await b.take('ana')).toBeGreaterThan(0)
})

test('TRIES-4: what is counted stands hashed in Redis, by the nodes’ secret, and everything ends by itself', async () => {
  const { REDIS_URL: url = '' } = await sharedServer('redis')
  const options = fresh()
  const book = redisTries({ url }, options)
  const other = redisTries({ url }, { ...options, secret: 'another' })
  const redis = new Redis(url)
  onTestFinished(async () => {
    redis.disconnect()
    await Promise.all([book.close(), other.close()])
  })
  for (const one of [book, other]) {
    const limit = one.limit('guesses', { max: 3, withinMs: MINUTE })
    await limit.take('ana@study.example')
    await limit.take('ana@study.example')
    await limit.refund('ana@study.example')
  }
  for (const secret of [options.secret, 'another']) {
    const hashed = createHmac('sha256', secret).update('ana@study.example').digest('base64url')
    const key = `${options.prefix}tries:guesses:${hashed}`
    expect(await redis.get(key)).toBe('1')
    expect(await redis.pttl(key)).toBeGreaterThan(0)
  }
})
