import type { Producer } from 'mediasoup/types'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RtpPacket } from 'werift'
import { publishAudio } from './testing/publish.ts'
import { payloadOf, rtpPacket } from './testing/rtpPacket.ts'
import { type StartedWorker, startWorker } from './testing/startWorker.ts'
import { connectClient } from './testing/webRtcClient.ts'

let started: StartedWorker
beforeAll(async () => {
  started = await startWorker()
})
afterAll(() => started.worker.close())

test('MWORKER-8: a WebRTC client connects by ICE and DTLS, and what it says comes through; the worker lives', async () => {
  const { worker, router } = started
  const transport = await router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] })
  const client = await connectClient(transport)
  expect(client.state).toBe('connected')
  await expect.poll(() => transport.dtlsState).toBe('connected')
  const producer = await publishAudio<Producer>(transport, 4711)
  const direct = await router.createDirectTransport()
  const consumer = await direct.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities })
  const came: string[] = []
  consumer.on('rtp', (packet) => came.push(String(payloadOf(packet))))
  const said = ['one', 'two', 'three']
  for (const [i, text] of said.entries()) {
    const payload = Buffer.from(text)
    const packet = RtpPacket.deSerialize(
      rtpPacket({ sequence: i + 1, ssrc: 4711, payload, payloadType: 100, timestamp: i * 960 }),
    )
    await client.sendRtp(packet.payload, packet.header)
  }
  await expect.poll(() => came).toEqual(said)
  expect([worker.died, started.complaints()]).toEqual([false, []])
  await client.stop()
  await client.iceTransport.stop()
})
