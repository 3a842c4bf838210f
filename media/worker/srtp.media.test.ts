import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { DirectTransport, Producer } from 'mediasoup/types'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { publishAudio } from './testing/publish.ts'
import { payloadOf, pictureLoss, rtpPacket } from './testing/rtpPacket.ts'
import { srtpLine } from './testing/srtpLine.ts'
import { type SrtpSuite, srtpSuites } from './testing/srtpSuites.ts'
import { type StartedWorker, startWorker } from './testing/startWorker.ts'

const SUITES = Object.keys(srtpSuites) as SrtpSuite[]
const COUNT = 300
/** The sequence numbers begin anew within the test. */
const FIRST = 65_400
/** Packets on their way at a time: a socket's buffer is bounded. */
const BURST = 20

/** The first octets of a VP8 key frame, behind their descriptor. */
const KEY_FRAME = Buffer.from([0x10, 0, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 1, 0xb4, 0, 1])

let started: StartedWorker
let direct: DirectTransport
let ssrc = 0x1000_0000
beforeAll(async () => {
  started = await startWorker()
})
afterAll(() => started.worker.close())
beforeEach(async () => {
  direct = await started.router.createDirectTransport()
  ssrc += 16
})
afterEach(() => direct.close())

const packet = (sequence: number, of: number, payload: Buffer) =>
  rtpPacket({ sequence, ssrc: of, payload, payloadType: 100, timestamp: sequence * 960, extended: sequence % 2 === 1 })
const payloads = Array.from({ length: COUNT }, (_, i) => randomBytes(1 + ((i * 11) % 1200)))

/** Sends them all, a burst at a time, and waits until each has come. */
async function sendAll(send: (sequence: number, payload: Buffer) => void, came: () => number): Promise<void> {
  for (const [i, payload] of payloads.entries()) {
    send(FIRST + i, payload)
    if ((i + 1) % BURST === 0) await expect.poll(came, { interval: 2 }).toBe(i + 1)
  }
}

test.each(SUITES)(
  'MWORKER-6: %s: another implementation reads what the worker encrypts, RTP and RTCP',
  async (suite) => {
    const { router } = started
    const line = await srtpLine(router, suite)
    const source = await publishAudio<Producer>(direct, ssrc)
    const consumer = await line.transport.consume({ producerId: source.id, rtpCapabilities: router.rtpCapabilities })
    await sendAll(
      (sequence, payload) => source.send(packet(sequence, ssrc, payload)),
      () => line.rtp.length + line.faults.length,
    )
    expect(line.faults).toEqual([])
    expect(line.rtp.map((it) => payloadOf(it).toString('hex'))).toEqual(payloads.map((it) => it.toString('hex')))
    expect(new Set(line.rtp.map((it) => it.readUInt32BE(8)))).toEqual(
      new Set([consumer.rtpParameters.encodings?.[0]?.ssrc]),
    )
    // A report of the sender, within some seconds.
    await expect.poll(() => line.rtcp[0]?.readUInt8(1)).toBe(200)
    line.close()
  },
)

test.each(SUITES)(
  'MWORKER-6: %s: the worker reads what another implementation encrypts, RTP and RTCP',
  async (suite) => {
    const { router } = started
    const before = started.complaints().length
    const line = await srtpLine(router, suite)
    const producer = await publishAudio<Producer>(line.transport, ssrc)
    const consumer = await direct.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities })
    const came: Buffer[] = []
    consumer.on('rtp', (it) => came.push(payloadOf(it)))
    await sendAll(
      (sequence, payload) => line.send(line.protectRtp(packet(sequence, ssrc, payload), sequence >> 16)),
      () => came.length,
    )
    expect(came.map((it) => it.toString('hex'))).toEqual(payloads.map((it) => it.toString('hex')))
    const video = await direct.produce({
      kind: 'video',
      rtpParameters: {
        codecs: [
          {
            mimeType: 'video/VP8',
            clockRate: 90_000,
            payloadType: 101,
            rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
          },
        ],
        encodings: [{ ssrc: ssrc + 1 }],
      },
    })
    const shown = await line.transport.consume({ producerId: video.id, rtpCapabilities: router.rtpCapabilities })
    // Only of a stream that flows a key frame can be asked.
    const shownBefore = line.rtp.length
    video.send(rtpPacket({ sequence: 1, ssrc: ssrc + 1, payload: KEY_FRAME, payloadType: 101, timestamp: 0 }))
    await expect.poll(() => line.rtp.length).toBeGreaterThan(shownBefore)
    const wish = once(direct, 'rtcp')
    line.send(line.protectRtcp(pictureLoss(ssrc, shown.rtpParameters.encodings?.[0]?.ssrc ?? 0)))
    expect(((await wish)[0] as Buffer).readUInt8(1)).toBe(206)
    expect(started.complaints().slice(before)).toEqual([])
    line.close()
  },
)

test.each(SUITES)(
  'MWORKER-6: %s: what was changed or comes again is dropped; a stream that ended may begin anew',
  async (suite) => {
    const { router } = started
    const line = await srtpLine(router, suite)
    const open = async () => {
      const producer = await publishAudio<Producer>(line.transport, ssrc)
      const consumer = await direct.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities })
      const came: string[] = []
      consumer.on('rtp', (it) => came.push(String(payloadOf(it))))
      return { producer, came }
    }
    const complained = (times: number) => expect.poll(() => started.complaints().length).toBe(before + times)
    const { producer, came } = await open()
    const before = started.complaints().length
    const good = line.protectRtp(packet(FIRST, ssrc, Buffer.from('good')), 0)
    const changed = Buffer.from(good)
    changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1)
    line.send(changed)
    await complained(1)
    line.send(good)
    await expect.poll(() => came).toEqual(['good'])
    line.send(good)
    await complained(2)
    const wish = line.protectRtcp(pictureLoss(ssrc, ssrc))
    wish.writeUInt8(wish.readUInt8(wish.length - 6) ^ 1, wish.length - 6)
    line.send(wish)
    await complained(3)
    line.send(good.subarray(0, 13))
    line.send(line.protectRtp(packet(FIRST + 1, ssrc, Buffer.from('after')), 0))
    await expect.poll(() => came).toEqual(['good', 'after'])
    producer.close()
    const anew = await open()
    line.send(line.protectRtp(packet(10, ssrc, Buffer.from('anew')), 0))
    await expect.poll(() => anew.came).toEqual(['anew'])
    expect(started.worker.died).toBe(false)
    line.close()
  },
)
