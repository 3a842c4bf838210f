import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { mediaMessages } from '#schemas/messages/media.ts'
import { isRefusal } from '#schemas/refusals.ts'
import type { MediaPlace, MediaRequest } from './ports/media.ts'
import { answered } from './testing/answered.ts'
import { MediaWorld } from './testing/mediaWorld.ts'
import { mutated } from './testing/mutated.ts'
import { rtpParametersOf } from './testing/rtpParametersOf.ts'

/** More by `MEDIA_FUZZ=20000`. */
const RUNS = Number(process.env['MEDIA_FUZZ'] ?? 1_000)

let world: MediaWorld
afterEach(() => world.close())

type Asked = { readonly type: MediaRequest; readonly payload: unknown }

/** What a client that means it would send, of each kind. */
async function meant(place: MediaPlace, peer: string): Promise<Asked[]> {
  const { rtpCapabilities } = answered(await place.join(peer))
  const send = answered(await place.request(peer, 'media.createTransport', { direction: 'send' }))
  const receive = answered(
    await place.request(peer, 'media.createTransport', { direction: 'receive', rtpCapabilities }),
  )
  const { transport } = send
  const fingerprints = [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }]
  const voice = { transport, source: 'microphone', rtpParameters: rtpParametersOf('audio', 1), paused: false }
  const camera = { transport, source: 'camera', rtpParameters: simulcast(), paused: true }
  return [
    { type: 'media.createTransport', payload: { direction: 'receive', rtpCapabilities } },
    {
      type: 'media.connectTransport',
      payload: { transport: receive.transport, dtlsParameters: { role: 'client', fingerprints } },
    },
    { type: 'media.restartIce', payload: { transport } },
    { type: 'media.produce', payload: voice },
    { type: 'media.produce', payload: camera },
    { type: 'media.consume', payload: { producers: ['x', 'y'] } },
    {
      type: 'media.setConsumers',
      payload: { consumers: [{ consumer: 'x', paused: false, spatial: 1, temporal: 2, priority: 3, keyFrame: true }] },
    },
    { type: 'media.closeConsumers', payload: { consumers: ['x'] } },
  ]
}

const simulcast = () => ({
  mid: '1',
  codecs: [
    {
      mimeType: 'video/VP8',
      payloadType: 101,
      clockRate: 90_000,
      parameters: {},
      rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
    },
    { mimeType: 'video/rtx', payloadType: 102, clockRate: 90_000, parameters: { apt: 101 }, rtcpFeedback: [] },
  ],
  headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1, encrypt: false, parameters: {} }],
  encodings: [
    { rid: 'r0', maxBitrate: 100_000, scalabilityMode: 'L1T3', dtx: false },
    { rid: 'r1', maxBitrate: 300_000, scalabilityMode: 'L1T3' },
  ],
  rtcp: { cname: 'x', reducedSize: true },
  msid: 'a b',
})

test('MEDIA-18: whatever a request carries is answered or refused; the worker lives, and others are served as before', async () => {
  world = await MediaWorld.open()
  const { place, logged } = world
  const pid = world.living[0]?.pid
  const bare = await meant(place, 'fuzz')
  await meant(place, 'other')
  const seen = { answered: 0, refused: 0 }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...bare),
      mutated,
      fc.integer({ min: 0, max: 9 }),
      async ({ type, payload }, mutate, from) => {
        if (from === 0) await meant(place, 'fuzz')
        const sent = mediaMessages[type].payload.safeParse(mutate(payload))
        // Such a message the room refuses before it asks.
        if (!sent.success) return
        const answer = await place.request('fuzz', type, sent.data as never)
        if (isRefusal(answer)) {
          expect(['invalid', 'not_found']).toContain(answer.refused)
          seen.refused += 1
        } else seen.answered += 1
        const transport = answered(await place.request('other', 'media.createTransport', { direction: 'send' }))
        const rtpParameters = rtpParametersOf('audio', 77)
        answered(
          await place.request('other', 'media.produce', {
            ...transport,
            source: 'microphone',
            rtpParameters,
            paused: false,
          }),
        )
      },
    ),
    { numRuns: RUNS },
  )
  expect(world.living.map((worker) => worker.pid)).toEqual([pid])
  expect(logged.filter(({ level }) => level === 'error')).toEqual([])
  expect(seen.answered).toBeGreaterThan(RUNS / 100)
  expect(seen.refused).toBeGreaterThan(RUNS / 100)
  for (const peer of ['fuzz', 'other']) place.closePeer(peer)
  await expect.poll(() => world.inWorkers()).toBe(0)
})
