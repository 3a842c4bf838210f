import { afterEach, expect, test } from 'vitest'
import { MediaWorld } from './testing/mediaWorld.ts'

let world: MediaWorld
afterEach(() => world.close())

test('MEDIA-22: figures count what is there and tell what flows; the workers are not asked again within ten seconds', async () => {
  world = await MediaWorld.open()
  const [ann, bob] = [await world.join('ann'), await world.join('bob')]
  const { consumer } = await bob.hear(await ann.publish('microphone'))
  await expect.poll(() => bob.count(consumer)).toBeGreaterThan(20)
  const figures = await world.sfu.figures()
  expect(figures).toMatchObject({
    ...{ workers: 1, workerDeaths: 0, peers: 2, routers: 1, transports: 2, producers: 1, consumers: 1 },
  })
  // 50 packets of 80 bytes in a second, and what RTP, SRTP and RTCP add.
  for (const rate of [figures.receivedBitrate, figures.sentBitrate]) {
    expect(rate).toBeGreaterThan(5_000)
    expect(rate).toBeLessThan(200_000)
  }
  expect(figures.memoryBytes).toBeGreaterThan(2 ** 20)
  for (const loss of [figures.receivedLoss, figures.sentLoss]) expect(loss).toBeLessThanOrEqual(1)
  world.place.closePeer('ann')
  const { cpuSeconds, receivedBitrate } = figures
  expect(await world.sfu.figures()).toMatchObject({ peers: 1, producers: 0, cpuSeconds, receivedBitrate })
})
