import { once } from 'node:events'
import { version } from 'mediasoup'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mediasoupPackage } from './mediasoupPackage.ts'
import { type StartedWorker, startWorker } from './testing/startWorker.ts'

let started: StartedWorker
beforeAll(async () => {
  started = await startWorker()
})
afterAll(() => started.worker.close())

const HERE = '127.0.0.1'

test('MWORKER-5: a worker starts, has routers, and tells about itself', async () => {
  const { worker, router } = started
  expect(version).toBe(mediasoupPackage().version)
  expect(await worker.dump()).toMatchObject({ pid: worker.pid, routerIds: [router.id] })
  expect((await worker.getResourceUsage()).ru_utime).toBeGreaterThanOrEqual(0)
})

test('MWORKER-5: it opens WebRTC transports on UDP and TCP, of their own ports and of a server that many share', async () => {
  const { worker, router } = started
  const listenInfos = (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ip: HERE }))
  const own = await router.createWebRtcTransport({ listenInfos, enableTcp: true, enableSctp: true })
  expect(own.iceCandidates.map((it) => it.protocol).sort()).toEqual(['tcp', 'udp'])
  expect(own.dtlsParameters.fingerprints.map((it) => it.algorithm)).toContain('sha-256')
  expect((await own.getStats())[0]?.type).toBe('webrtc-transport')
  const server = await worker.createWebRtcServer({ listenInfos })
  const [first, second] = await Promise.all([1, 2].map(() => router.createWebRtcTransport({ webRtcServer: server })))
  expect(first?.iceCandidates.map((it) => it.port)).toEqual(second?.iceCandidates.map((it) => it.port))
  server.close()
  expect([first?.closed, second?.closed, own.closed]).toEqual([true, true, false])
  own.close()
})

test('MWORKER-5: it opens plain transports, refuses an address that is not this machine’s, and goes on', async () => {
  const { router } = started
  const plain = await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: HERE }, enableSctp: true })
  expect(plain.tuple.localPort).toBeGreaterThan(0)
  await expect(router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '203.0.113.1' } })).rejects.toThrow()
  expect(await plain.dump()).toMatchObject({ id: plain.id })
  plain.close()
})

test('MWORKER-5: data goes from a producer to its consumer', async () => {
  const direct = await started.router.createDirectTransport()
  const producer = await direct.produceData()
  const consumer = await direct.consumeData({ dataProducerId: producer.id })
  const message = once(consumer, 'message')
  producer.send('hello')
  expect(String((await message)[0])).toBe('hello')
  direct.close()
})
