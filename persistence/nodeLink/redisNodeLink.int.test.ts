import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { startServer } from '../../ops/servers/startServer.ts'
import { NodeUnreachable } from '../ports/nodeLink.ts'
import { redisNodeLink } from './redisNodeLink.ts'

async function bus() {
  const server = await startServer('redis')
  onTestFinished(() => server.stop())
  const url = server.settings['REDIS_URL'] ?? ''
  return {
    server,
    url,
    async join(node: string) {
      const link = redisNodeLink({ url }, { answerMs: 1000 })
      onTestFinished(() => link.close())
      await link.open(node)
      return link
    },
  }
}

test('LINK-1: a node is asked and answers; what fails there is told; who is not there is told at once', async () => {
  const { join } = await bus()
  const [a, b] = [await join('a'), await join('b')]
  b.answer('double', async (payload) => (payload as number) * 2)
  b.answer('fail', async () => {
    throw new Error('no room')
  })
  expect(await Promise.all([1, 2, 3].map((n) => a.ask('b', 'double', n)))).toEqual([2, 4, 6])
  await expect(a.ask('b', 'fail', null)).rejects.toThrow(/no room/)
  await expect(a.ask('b', 'unheard of', null)).rejects.toBeInstanceOf(NodeUnreachable)
  const began = performance.now()
  await expect(a.ask('nobody', 'double', 1)).rejects.toThrow('there is no node nobody')
  expect(performance.now() - began).toBeLessThan(1000)
})

test('LINK-2: notes reach one node or every other one, in the order they were told', async () => {
  const { join } = await bus()
  const [a, b, c] = [await join('a'), await join('b'), await join('c')]
  const heard: string[] = []
  const done = Promise.withResolvers<void>()
  for (const [name, link] of Object.entries({ a, b, c })) {
    link.hear('news', (payload, from) => heard.push(`${from} to ${name}: ${payload}`))
    link.hear('end', () => done.resolve())
  }
  a.tell('b', 'news', 1)
  a.tellAll('news', 2)
  a.tell('c', 'end', null)
  await done.promise
  await a.ask('b', 'anything', null).catch(() => undefined)
  expect(heard.sort()).toEqual(['a to b: 1', 'a to b: 2', 'a to c: 2'])
})

test('LINK-3: after Redis was restarted the nodes hear each other again by themselves', async () => {
  const { server, join } = await bus()
  const [a, b] = [await join('a'), await join('b')]
  b.answer('ping', async () => 'pong')
  await server.kill()
  await expect(a.ask('b', 'ping', null)).rejects.toBeInstanceOf(NodeUnreachable)
  await server.start()
  let answer: unknown
  while (answer !== 'pong')
    answer = await a.ask('b', 'ping', null).catch(() => new Promise((next) => setImmediate(next)))
  expect(answer).toBe('pong')
})

test('LINK-3: nodes that are cut off again and again, in the midst of listening anew too, hear each other afterwards', async () => {
  const { url, join } = await bus()
  const [a, b] = [await join('a'), await join('b')]
  b.answer('ping', async () => 'pong')
  const redis = new Redis(url)
  onTestFinished(() => redis.disconnect())
  // As fast as it goes: as soon as the server has heard of a listener he is gone, mostly before he is told.
  for (let cut = 0; cut < 60; ) cut += Number(await redis.client('KILL', 'TYPE', 'pubsub'))
  let answer: unknown
  while (answer !== 'pong')
    answer = await a.ask('b', 'ping', null).catch(() => new Promise((next) => setImmediate(next)))
  expect(answer).toBe('pong')
})
