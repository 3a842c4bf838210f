import { expect, onTestFinished, test } from 'vitest'
import { startServer } from '../../ops/servers/startServer.ts'
import { faultProxy } from '../testing/faultProxy.ts'
import { openRedisPresence } from './openRedisPresence.ts'

async function two() {
  const server = await startServer('redis')
  onTestFinished(() => server.stop())
  const url = server.settings['REDIS_URL'] ?? ''
  const proxy = await faultProxy(Number(new URL(url).port))
  onTestFinished(() => proxy.close())
  const open = async (at: string) => {
    const presence = openRedisPresence({ url: at })
    onTestFinished(() => presence.shutdown())
    await presence.ready()
    return presence
  }
  return { server, proxy, near: await open(url), far: await open(`redis://127.0.0.1:${proxy.port}`) }
}

test('LISTING-7: hints reach other nodes, and do again after a broken connection (I13)', async () => {
  const { proxy, near, far } = await two()
  const heard: unknown[] = []
  await far.subscribe('hints', (hint: unknown) => heard.push(hint))
  await near.publish('hints', { n: 1 })
  await expect.poll(() => heard).toEqual([{ n: 1 }])
  proxy.refuse(true)
  proxy.cut()
  await near.publish('hints', 'lost')
  await far.publish('hints', 'nobody can be told')
  proxy.refuse(false)
  const again = async () => {
    await near.publish('hints', { n: 2 })
    return heard
  }
  await expect.poll(again, { timeout: 20_000 }).toContainEqual({ n: 2 })
  expect(heard).not.toContain('lost')
})

test('LISTING-7: with Redis frozen no hint is waited for and none is rejected; counts come through afterwards', async () => {
  const { server, near } = await two()
  await server.pause()
  const counted = near.hset('roomcount', 'p1', '3,7')
  // Its connection, which is private: only there is to be seen when it broke.
  const { pub } = near as unknown as { pub: NodeJS.EventEmitter }
  const broken = new Promise((resolve) => void pub.once('close', resolve))
  await near.publish('hints', 1)
  await broken
  await near.publish('hints', 2)
  await server.resume()
  await counted
  expect(await near.hget('roomcount', 'p1')).toBe('3,7')
})
