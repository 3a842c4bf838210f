import { afterEach, expect, test } from 'vitest'
import { MediaWorld } from './testing/mediaWorld.ts'
import { RecordedHooks } from './testing/recordedHooks.ts'

let world: MediaWorld
afterEach(() => world.close())

test('MEDIA-11: a worker that is killed is replaced; its places are told once and begin anew, others notice nothing', async () => {
  world = await MediaWorld.open({ workers: 2 })
  const { sfu, place, hooks } = world
  const elsewhere = new RecordedHooks()
  const other = sfu.open('other', elsewhere)
  const [ann, bob] = [await world.join('ann'), await world.join('bob')]
  const first = await bob.hear(await ann.publish('microphone'))
  const [cid, dan] = [await world.join('cid', other), await world.join('dan', other)]
  const there = await dan.hear(await cid.publish('microphone'))
  await expect.poll(() => bob.count(first.consumer)).toBeGreaterThan(5)
  const dumps = await Promise.all(world.living.map(async (worker) => ({ worker, dump: await worker.dump() })))
  expect(dumps.map(({ dump }) => dump.routerIds.length)).toEqual([1, 1])
  const before = place.epoch
  const victim = world.workers[0]
  if (!victim) throw new Error('no worker')
  process.kill(victim.pid, 'SIGKILL')
  await expect.poll(() => [...hooks.epochs, ...elsewhere.epochs].length, { interval: 5 }).toBe(1)
  const [struck, spared] = hooks.epochs.length === 1 ? [place, other] : [other, place]
  const since = performance.now()
  expect(struck.epoch).toBe([...hooks.epochs, ...elsewhere.epochs][0])
  expect(struck.epoch).toBeGreaterThan(before)
  expect(struck.size).toBe(0)
  expect(await struck.request('ann', 'media.createTransport', { direction: 'send' })).toEqual({ refused: 'not_found' })
  const [eva, fay] = [await world.join('eva', struck), await world.join('fay', struck)]
  const again = await fay.hear(await eva.publish('microphone'))
  await expect.poll(() => fay.count(again.consumer)).toBeGreaterThan(5)
  expect(performance.now() - since).toBeLessThan(5_000)
  await expect.poll(() => world.living.length).toBe(2)
  const [listener, consumer] = spared === place ? [bob, first.consumer] : [dan, there.consumer]
  const heard = listener.count(consumer)
  await expect.poll(() => listener.count(consumer)).toBeGreaterThan(heard + 5)
  expect(spared.size).toBe(2)
  expect((await sfu.figures()).workerDeaths).toBe(1)
})

test('MEDIA-12: where the only worker died, a join waits for the next; who dies again and again comes back later and later', async () => {
  world = await MediaWorld.open()
  const { place, hooks } = world
  const pauses: number[] = []
  await world.join('ann')
  for (const deaths of [1, 2]) {
    process.kill(world.living[0]?.pid ?? 0, 'SIGKILL')
    await expect.poll(() => hooks.epochs.length, { interval: 5 }).toBe(deaths)
    const since = performance.now()
    expect(await place.join('ann')).toMatchObject({ epoch: hooks.epochs.at(-1) })
    pauses.push(performance.now() - since)
  }
  expect(pauses[1]).toBeGreaterThan(400)
  expect(Math.max(...pauses)).toBeLessThan(5_000)
  const again = world.logged.flatMap(({ message, fields }) =>
    message === 'media worker is gone' ? [fields['againInMs']] : [],
  )
  expect(again).toEqual([0, 500])
})

test('MEDIA-13: a worker that answers nothing any more is killed and replaced', async () => {
  world = await MediaWorld.open({ workerSilenceMs: 300 })
  await world.join('ann')
  const pid = world.living[0]?.pid ?? 0
  process.kill(pid, 'SIGSTOP')
  await expect.poll(() => world.hooks.epochs.length).toBe(1)
  await world.join('ann')
  expect(world.living.map((worker) => worker.pid)).not.toContain(pid)
})

test('MEDIA-14: a place outgrows its worker: who comes later is on another one, and all hear each other, also after a mute', async () => {
  world = await MediaWorld.open({ workers: 2, pipeThreshold: 2 })
  const { place, sfu, hooks } = world
  const ids = ['ann', 'bob', 'cid', 'dan']
  const peers = []
  for (const id of ids) peers.push(await world.join(id))
  expect((await sfu.figures()).routers).toBe(2)
  const [ann, bob, cid, dan] = peers
  if (!ann || !bob || !cid || !dan) throw new Error('nobody')
  const voice = await ann.publish('microphone')
  const camera = await dan.publish('camera')
  const hearing = await Promise.all([bob, cid, dan].map(async (peer) => ({ peer, ...(await peer.hear(voice)) })))
  const seeing = await Promise.all([bob, ann].map(async (peer) => ({ peer, ...(await peer.hear(camera)) })))
  for (const { peer, consumer } of [...hearing, ...seeing])
    await expect.poll(() => peer.count(consumer)).toBeGreaterThan(10)
  await place.setPaused('ann', 'microphone', true)
  for (const { peer, consumer } of hearing)
    await expect
      .poll(() => hooks.told)
      .toContainEqual({ peer: peer.id, event: { kind: 'consumerPaused', consumer, paused: true } })
  await place.setPaused('ann', 'microphone', false)
  for (const { peer, consumer } of hearing) {
    const before = peer.count(consumer)
    await expect.poll(() => peer.count(consumer)).toBeGreaterThan(before + 10)
  }
  place.closePeer('ann')
  for (const { peer, consumer } of hearing)
    await expect.poll(() => hooks.told).toContainEqual({ peer: peer.id, event: { kind: 'consumerClosed', consumer } })
  for (const id of ids) place.closePeer(id)
  await expect.poll(() => world.inWorkers()).toBe(0)
})

test('MEDIA-15: the first signal to end does not end the media: the node drains', async () => {
  const listening = () => ['SIGINT', 'SIGTERM'].map((signal) => process.listenerCount(signal))
  const before = listening()
  world = await MediaWorld.open({ workers: 2 })
  expect(listening()).toEqual(before)
})
