import { afterEach, expect, test } from 'vitest'
import type { MediaPlace } from './ports/media.ts'
import { answered } from './testing/answered.ts'
import { MediaWorld } from './testing/mediaWorld.ts'
import { rtpParametersOf } from './testing/rtpParametersOf.ts'

/** 1,000 by `MEDIA_CYCLES=1000`. */
const CYCLES = Number(process.env['MEDIA_CYCLES'] ?? 100)
/** Until then the worker's memory grows to what it needs. */
const WARM = Math.floor(CYCLES / 4)
const MIB = 2 ** 20

let world: MediaWorld
afterEach(() => world.close())

/** Comes in, publishes, and consumes what somebody else publishes; without ICE, for what is made does not depend on it. */
async function visit(place: MediaPlace, id: string, others: readonly string[]): Promise<string> {
  const { rtpCapabilities } = answered(await place.join(id))
  const send = answered(await place.request(id, 'media.createTransport', { direction: 'send' }))
  answered(await place.request(id, 'media.createTransport', { direction: 'receive', rtpCapabilities }))
  const producers: string[] = []
  for (const [n, source] of (['microphone', 'camera'] as const).entries())
    producers.push(
      answered(
        await place.request(id, 'media.produce', {
          transport: send.transport,
          source,
          rtpParameters: rtpParametersOf(n === 0 ? 'audio' : 'video', 1_000 + n),
          paused: false,
        }),
      ).producer,
    )
  if (others.length > 0) {
    const { consumers } = answered(await place.request(id, 'media.consume', { producers: [...others] }))
    expect(consumers.length).toBe(others.length)
  }
  return producers[0] ?? ''
}

test('MEDIA-17: after any number of joins and leaves nothing is left in the workers, and their memory is flat', async () => {
  world = await MediaWorld.open({ workers: 2, pipeThreshold: 3 })
  const { place, sfu, hooks } = world
  const memory = async () =>
    (await Promise.all(world.living.map((worker) => worker.getResourceUsage()))).map((one) => one.ru_maxrss * 1024)
  let warm: number[] = []
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    if (cycle === WARM) warm = await memory()
    const ids = ['a', 'b', 'c', 'd'].map((name) => `${name}${cycle}`)
    const voices: string[] = []
    for (const id of ids) voices.push(await visit(place, id, voices))
    // The ends are as different as people: one after the other, all at once, in the middle of a request.
    if (cycle % 3 === 0) void place.join(`${cycle} late`)
    for (const id of ids) place.closePeer(id)
    place.closePeer(`${cycle} late`)
    hooks.told.length = 0
  }
  expect(await sfu.figures()).toMatchObject({
    ...{ peers: 0, routers: 0, transports: 0, producers: 0, consumers: 0 },
    workerDeaths: 0,
  })
  expect(hooks.producers.size).toBe(0)
  await expect.poll(() => world.inWorkers()).toBe(0)
  for (const [n, bytes] of (await memory()).entries()) expect(bytes - (warm[n] ?? 0)).toBeLessThan(16 * MIB)
})
