import { afterEach, beforeEach, expect, test } from 'vitest'
import { askUntil } from '#client/testing/askUntil.ts'
import { type RealServer, startServer } from './startServer.ts'
import { type Backend, startBackend } from './testing/backend.ts'
import { type Echo, greeting } from './testing/greeting.ts'

let a: Backend
let b: Backend
let proxy: RealServer
let url: string
beforeEach(async () => {
  a = await startBackend('a')
  b = await startBackend('b')
  proxy = await startServer('proxy', '--answer', '2', `a=127.0.0.1:${a.port}`, `b=127.0.0.1:${b.port}`)
  url = proxy.settings['PROXY_URL'] ?? ''
})
afterEach(async () => {
  await proxy.stop()
  await Promise.all([a.stop(), b.stop()])
})

const ask = async (path: string, init: RequestInit = {}): Promise<Echo> => (await fetch(url + path, init)).json()
const manyAsk = (path: string, init?: RequestInit) => Promise.all(Array.from({ length: 20 }, () => ask(path, init)))

test('OPS-4: a socket reaches the node that its path names, with the prefix taken off; without one nobody is kept to a node', async () => {
  for (const node of ['a', 'b', 'b', 'a'])
    expect(await greeting(`${url}/n/${node}/proc/room?sessionId=s`)).toMatchObject({
      node,
      path: '/proc/room?sessionId=s',
    })
  const asked = await manyAsk('/api/rooms?q=x')
  expect(new Set(asked.map(({ node }) => node))).toEqual(new Set(['a', 'b']))
  expect(new Set(asked.map(({ path }) => path))).toEqual(new Set(['/api/rooms?q=x']))
  expect((await fetch(`${url}/n/c/x`)).status).toBe(404)
})

test('OPS-4: the client’s address is told by the proxy alone, whatever a client says of itself', async () => {
  const said = { 'x-real-ip': '203.0.113.9', 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' }
  const told = { 'x-real-ip': '127.0.0.1', 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' }
  for (const path of ['/api', '/n/a/api']) expect((await ask(path, { headers: said })).headers).toMatchObject(told)
  const { headers } = await greeting(`${url}/n/a/room`)
  expect(headers).toMatchObject({ 'x-real-ip': '127.0.0.1', host: new URL(url).host })
})

test('OPS-4: with one node dead the other answers all, what is posted too; the dead one is asked again when it is back', async () => {
  await a.stop()
  for (const method of ['GET', 'POST'])
    for (const { node } of await manyAsk('/api', { method, ...(method === 'POST' && { body: 'x'.repeat(100_000) }) }))
      expect(node).toBe('b')
  expect(await greeting(`${url}/n/b/room`)).toMatchObject({ node: 'b' })
  expect((await fetch(`${url}/n/a/room`)).status).toBe(502)
  a = await startBackend('a', a.port)
  await askUntil(
    () => ask('/api'),
    ({ node }) => node === 'a',
    'the node that is back',
  )
})

test('OPS-4: of a node that stands still a question goes to the other one', async () => {
  a.freeze()
  for (const { node } of await manyAsk('/api')) expect(node).toBe('b')
})
