import type { DirectTransport, Producer } from 'mediasoup/types'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishAudio } from './testing/publish.ts'
import { payloadOf, rtpPacket } from './testing/rtpPacket.ts'
import { codecs, type StartedWorker, startWorker } from './testing/startWorker.ts'

let started: StartedWorker
beforeAll(async () => {
  started = await startWorker()
})
afterAll(() => started.worker.close())

const COUNT = 50

test('MWORKER-7: an encrypted pipe carries a stream from one router to another, whole and in order', async () => {
  const { worker, router } = started
  const there = await worker.createRouter({ mediaCodecs: codecs })
  const from: DirectTransport = await router.createDirectTransport()
  const source = await publishAudio<Producer>(from, 777)
  const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const
  const pipe = { producerId: source.id, router: there, enableSrtp: true, enableRtx: true, keepId: false, listenInfo }
  const { pipeProducer } = await router.pipeToRouter(pipe)
  const to = await there.createDirectTransport()
  const consumer = await to.consume({ producerId: pipeProducer?.id ?? '', rtpCapabilities: there.rtpCapabilities })
  const got: string[] = []
  consumer.on('rtp', (packet) => got.push(String(payloadOf(packet))))
  const sent = Array.from({ length: COUNT }, (_, i) => `packet ${i}`)
  for (const [i, text] of sent.entries()) {
    source.send(
      rtpPacket({ sequence: i + 1, ssrc: 777, payload: Buffer.from(text), payloadType: 100, timestamp: i * 960 }),
    )
    await expect.poll(() => got.length, { interval: 2 }).toBe(i + 1)
  }
  expect(got).toEqual(sent)
  expect(started.complaints()).toEqual([])
  there.close()
  from.close()
})
