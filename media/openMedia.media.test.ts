import { afterEach, beforeEach, expect, test } from 'vitest'
import { mediaDefaults } from './settings.ts'
import { answered } from './testing/answered.ts'
import { MediaWorld } from './testing/mediaWorld.ts'
import { openTestMedia } from './testing/openTestMedia.ts'
import { RecordedHooks } from './testing/recordedHooks.ts'
import { rtpParametersOf } from './testing/rtpParametersOf.ts'
import { WebrtcLeg } from './testing/webrtcLeg.ts'

let world: MediaWorld
beforeEach(async () => {
  world = await MediaWorld.open()
})
afterEach(() => world.close())

test('MEDIA-1: two peers hear each other, by real ICE, DTLS and RTP', async () => {
  const [ann, bob] = [await world.join('ann'), await world.join('bob')]
  const [ofAnn, ofBob] = [await ann.publish('microphone'), await bob.publish('microphone')]
  expect([...world.hooks.producers]).toEqual([
    ['ann microphone', ofAnn],
    ['bob microphone', ofBob],
  ])
  const [heardByBob, heardByAnn] = [await bob.hear(ofAnn), await ann.hear(ofBob)]
  await expect.poll(() => bob.count(heardByBob.consumer)).toBeGreaterThan(20)
  await expect.poll(() => ann.count(heardByAnn.consumer)).toBeGreaterThan(20)
})

test('MEDIA-2: what is paused is not sent on; consumers are told, and it goes on', async () => {
  const { hooks, place } = world
  const [ann, bob] = [await world.join('ann'), await world.join('bob')]
  const { consumer } = await bob.hear(await ann.publish('microphone'))
  await expect.poll(() => bob.count(consumer)).toBeGreaterThan(5)
  await place.setPaused('ann', 'microphone', true)
  expect([...hooks.pausedSources]).toEqual(['ann microphone'])
  const told = (paused: boolean) => ({ peer: 'bob', event: { kind: 'consumerPaused', consumer, paused } })
  await expect.poll(() => hooks.told).toContainEqual(told(true))
  // Whatever was on its way has come when another consumer has its packets.
  const another = await bob.hear(await ann.publish('screenAudio'))
  const before = bob.count(consumer)
  await expect.poll(() => bob.count(another.consumer)).toBeGreaterThan(20)
  expect(bob.count(consumer)).toBeLessThanOrEqual(before + 1)
  await place.setPaused('ann', 'microphone', false)
  expect([...hooks.pausedSources]).toEqual([])
  await expect.poll(() => hooks.told).toContainEqual(told(false))
  await expect.poll(() => bob.count(consumer)).toBeGreaterThan(before + 20)
})

test('MEDIA-3: a consumer sends nothing until it is let go on, and nothing when it is paused or closed', async () => {
  const { place } = world
  const [ann, bob] = [await world.join('ann'), await world.join('bob')]
  const [voice, screen] = [await ann.publish('microphone'), await ann.publish('screenAudio')]
  const { consumer } = await bob.hear(voice)
  await place.request('bob', 'media.setConsumers', { consumers: [{ consumer, paused: true }] })
  const before = bob.count(consumer)
  const witness = await bob.hear(screen)
  await expect.poll(() => bob.count(witness.consumer)).toBeGreaterThan(20)
  expect(bob.count(consumer)).toBeLessThanOrEqual(before + 1)
  expect(await place.request('bob', 'media.closeConsumers', { consumers: [consumer] })).toEqual({})
  expect(await place.request('bob', 'media.setConsumers', { consumers: [{ consumer, paused: false }] })).toEqual({
    refused: 'not_found',
  })
})

test('MEDIA-4: as many as there are places are in; the next is refused, and comes in when one has left', async () => {
  const { places } = world.sfu
  expect(places).toBe(25)
  for (let n = 0; n < places; n += 1) await world.place.join(`peer ${n}`)
  expect(await world.place.join('late')).toEqual({ refused: 'full', details: { places } })
  // Who is in begins anew.
  expect(await world.place.join('peer 3')).toMatchObject({ epoch: world.place.epoch })
  expect(world.place.size).toBe(places)
  world.place.closePeer('peer 7')
  expect(await world.place.join('late')).toMatchObject({ epoch: world.place.epoch })
})

test("MEDIA-5: another peer's transports, producers and consumers are not found, nor are another place's", async () => {
  const { place, sfu } = world
  const [ann, bob] = [await world.join('ann'), await world.join('bob')]
  const voice = await ann.publish('microphone')
  const { consumer } = await bob.hear(voice)
  const eve = await world.join('eve', sfu.open('other', new RecordedHooks()))
  const refused = { refused: 'not_found' }
  const transport = ann.sendTransport
  const dtlsParameters = { fingerprints: [] }
  expect(await place.request('bob', 'media.connectTransport', { transport, dtlsParameters })).toEqual(refused)
  expect(await place.request('bob', 'media.restartIce', { transport })).toEqual(refused)
  expect(await place.request('nobody', 'media.restartIce', { transport })).toEqual(refused)
  const pause = { consumers: [{ consumer, paused: true }] }
  expect(await place.request('ann', 'media.setConsumers', pause)).toEqual(refused)
  // Without effect: bob goes on hearing.
  expect(await place.request('ann', 'media.closeConsumers', { consumers: [consumer] })).toEqual({})
  const before = bob.count(consumer)
  await expect.poll(() => bob.count(consumer)).toBeGreaterThan(before + 10)
  await expect(eve.hear(voice)).rejects.toThrow('cannot be consumed')
  await expect(ann.hear(voice)).rejects.toThrow('cannot be consumed')
})

test('MEDIA-6: one transport for each direction, one producer for each source, of its own kind', async () => {
  const { place, hooks, sfu } = world
  const [ann, bob] = [await world.join('ann'), await world.join('bob')]
  const first = await ann.publish('microphone')
  const { consumer } = await bob.hear(first)
  const second = await ann.publish('microphone')
  expect(hooks.producers.get('ann microphone')).toBe(second)
  await expect.poll(() => hooks.told).toContainEqual({ peer: 'bob', event: { kind: 'consumerClosed', consumer } })
  const again = await ann.leg('send')
  expect(hooks.producers.size).toBe(0)
  expect(await sfu.figures()).toMatchObject({ transports: 2, producers: 0, consumers: 0 })
  const [sending] = (await world.transports.at(-1)?.getStats()) ?? []
  expect(sending?.maxIncomingBitrate).toBe(mediaDefaults.maxIncomingBitrate)
  const wrong = {
    transport: again.transport,
    source: 'camera',
    rtpParameters: {
      codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
      encodings: [{ ssrc: 5 }],
    },
    paused: false,
  } as const
  expect(await place.request('ann', 'media.produce', wrong)).toMatchObject({ refused: 'invalid' })
  await again.close()
})

test('MEDIA-7: with a peer all goes that it has, also in the worker; with the last one the router', async () => {
  const { place, hooks, sfu } = world
  const [ann, bob] = [await world.join('ann'), await world.join('bob')]
  const { consumer } = await bob.hear(await ann.publish('camera'))
  await ann.hear(await bob.publish('microphone'))
  expect(await world.inWorkers()).toBeGreaterThan(6)
  place.closePeer('ann')
  expect([...hooks.producers.keys()]).toEqual(['bob microphone'])
  await expect.poll(() => hooks.told).toContainEqual({ peer: 'bob', event: { kind: 'consumerClosed', consumer } })
  expect(await sfu.figures()).toMatchObject({ peers: 1, routers: 1, transports: 2, producers: 1, consumers: 0 })
  place.closePeer('bob')
  expect(await sfu.figures()).toMatchObject({ peers: 0, routers: 0, transports: 0, producers: 0 })
  await expect.poll(() => world.inWorkers()).toBe(0)
})

test('MEDIA-8: a place that closes leaves nothing in the worker, also of what was still being made', async () => {
  const { place } = world
  await (await world.join('ann')).publish('microphone')
  const late = place.request('ann', 'media.createTransport', { direction: 'send' })
  const joining = place.join('bob')
  place.close()
  expect(await late).toMatchObject({ refused: expect.any(String) })
  expect(await joining).toMatchObject({ refused: expect.any(String) })
  expect(await place.join('cid')).toEqual({ refused: 'unavailable' })
  await expect.poll(() => world.inWorkers()).toBe(0)
})

test('MEDIA-9: a restart of ICE gives new parameters and fresh credentials, and the media go on', async () => {
  const [ann, bob] = [await world.join('ann'), await world.join('bob')]
  const { consumer } = await bob.hear(await ann.publish('microphone'))
  await expect.poll(() => bob.count(consumer)).toBeGreaterThan(5)
  const before = bob.count(consumer)
  await bob.restartIce()
  await expect.poll(() => bob.count(consumer)).toBeGreaterThan(before + 20)
})

test('MEDIA-9: who is not who his fingerprint says gets no connection, and his transport is closed', async () => {
  const { place } = world
  await world.join('eve')
  const offered = answered(await place.request('eve', 'media.createTransport', { direction: 'send' }))
  const { transport } = offered
  const leg = await WebrtcLeg.connect(place, 'eve', transport, offered, true)
  await expect.poll(() => world.transports.at(-1)?.closed).toBe(true)
  expect(await place.request('eve', 'media.restartIce', { transport })).toEqual({ refused: 'not_found' })
  await leg.close()
})

test('MEDIA-10: without a worker that runs the media are failed, and everybody is refused', async () => {
  const { media, logged } = await openTestMedia({ workerPath: '/bin/false' })
  expect(media.unavailable).toBe('failed')
  expect(logged.at(-1)).toMatchObject({ level: 'error', message: 'no media worker could be started' })
  const place = media.open('room', new RecordedHooks())
  expect(await place.join('ann')).toEqual({ refused: 'unavailable' })
  expect((await media.figures()).workers).toBe(0)
  await media.close()
})

test('MEDIA-23: a room speaks Opus with FEC and DTX, and VP8, VP9, H264 in two profiles and AV1 for pictures', async () => {
  const { rtpCapabilities } = answered(await world.place.join('ann'))
  const { codecs } = rtpCapabilities as { codecs: { mimeType: string; parameters: Record<string, unknown> }[] }
  const media = codecs.filter(({ mimeType }) => mimeType !== 'video/rtx')
  expect(media.map(({ mimeType, parameters }) => `${mimeType} ${parameters['profile-level-id'] ?? ''}`.trim())).toEqual(
    [...['audio/opus', 'video/VP8', 'video/VP9', 'video/H264 42e01f', 'video/H264 4d001f', 'video/AV1']],
  )
  expect(media[0]?.parameters).toMatchObject({ useinbandfec: 1, usedtx: 1 })
})

test('MEDIA-24: what a viewer wishes of a picture reaches its consumer: layers, priority, pause', async () => {
  const { place } = world
  const { rtpCapabilities } = answered(await place.join('bob'))
  answered(await place.request('bob', 'media.createTransport', { direction: 'receive', rtpCapabilities }))
  answered(await place.join('ann'))
  const { transport } = answered(await place.request('ann', 'media.createTransport', { direction: 'send' }))
  const rtpParameters = {
    ...rtpParametersOf('video', 1),
    encodings: [1, 2, 3].map((ssrc) => ({ ssrc, scalabilityMode: 'L1T3' })),
  }
  const camera = { transport, source: 'camera', rtpParameters, paused: false } as const
  const { producer } = answered(await place.request('ann', 'media.produce', camera))
  const { consumers } = answered(await place.request('bob', 'media.consume', { producers: [producer] }))
  expect(consumers).toMatchObject([{ producer, kind: 'video', type: 'simulcast', producerPaused: false }])
  const consumer = consumers[0]?.consumer ?? ''
  const made = world.consumers.at(-1)
  expect(made?.paused).toBe(true)
  const wish = { consumer, spatial: 1, temporal: 0, priority: 200, paused: false, keyFrame: true }
  expect(await place.request('bob', 'media.setConsumers', { consumers: [wish] })).toEqual({})
  expect(made).toMatchObject({ paused: false, priority: 200, preferredLayers: { spatialLayer: 1, temporalLayer: 0 } })
})

test('MEDIA-25: a worker that is full takes nobody new; who is in goes on, and who leaves makes room', async () => {
  const full = await MediaWorld.open({ workers: 1, workerLoad: 3 })
  try {
    const other = full.sfu.open('other', new RecordedHooks())
    const [ann, bob] = [await full.join('ann'), await full.join('bob')]
    const { consumer } = await bob.hear(await ann.publish('microphone'))
    for (const place of [full.place, other])
      expect(await place.join('cho')).toEqual({ refused: 'unavailable', details: { why: 'busy' } })
    expect(await full.sfu.figures()).toMatchObject({ peers: 2, routers: 1 })
    const before = bob.count(consumer)
    await expect.poll(() => bob.count(consumer)).toBeGreaterThan(before + 10)
    await full.place.request('bob', 'media.closeConsumers', { consumers: [consumer] })
    expect(await other.join('cho')).toMatchObject({ epoch: other.epoch })
  } finally {
    await full.close()
  }
})

test('MEDIA-25: where another worker carries more, who comes is put on that one, and hears by a pipe', async () => {
  const two = await MediaWorld.open({ workers: 2, workerLoad: 2 })
  try {
    const [ann, , cho] = [await two.join('ann'), await two.join('bob'), await two.join('cho')]
    expect(await two.sfu.figures()).toMatchObject({ peers: 3, routers: 2 })
    const { consumer } = await cho.hear(await ann.publish('microphone'))
    await expect.poll(() => cho.count(consumer)).toBeGreaterThan(10)
    expect(await two.place.join('dan')).toMatchObject({ refused: 'unavailable' })
  } finally {
    await two.close()
  }
})
