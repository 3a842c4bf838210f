import { afterEach, expect, test } from 'vitest'
import { MediaWorld } from './testing/mediaWorld.ts'

let world: MediaWorld
afterEach(() => world.close())

test('MEDIA-16: who speaks is heard, coarsely, at most twice a second; who is muted is not, and silence is told once', async () => {
  world = await MediaWorld.open()
  const { hooks, place } = world
  const ann = await world.join('ann')
  await world.join('bob')
  await ann.publish('microphone')
  await expect.poll(() => hooks.heard.at(-1)?.speaker).toBe('ann')
  const [level] = hooks.heard.at(-1)?.levels.values() ?? []
  expect(level).toBeGreaterThan(5)
  expect(level).toBeLessThanOrEqual(9)
  await place.setPaused('ann', 'microphone', true)
  await expect.poll(() => hooks.heard.at(-1)).toMatchObject({ levels: new Map(), speaker: null })
  const told = hooks.heard.length
  await place.setPaused('ann', 'microphone', false)
  await expect.poll(() => hooks.heard.at(-1)?.levels.has('ann')).toBe(true)
  expect(hooks.heard.slice(told).every(({ levels }) => levels.size > 0)).toBe(true)
  place.closePeer('ann')
  await expect.poll(() => hooks.heard.at(-1)).toMatchObject({ levels: new Map(), speaker: null })
  for (const [n, { at }] of hooks.heard.entries())
    expect(at - (hooks.heard[n - 1]?.at ?? Number.NEGATIVE_INFINITY)).toBeGreaterThan(490)
})
