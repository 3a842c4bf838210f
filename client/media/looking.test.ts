import { expect, test } from 'vitest'
import { mediaScene } from '../testing/mediaScene.ts'
import { askedOf } from './layers.ts'

const settings = (scene: ReturnType<typeof mediaScene>, producer: string) => {
  const consumer = [...scene.model.consumers].find(([, of]) => of === producer)?.[0] ?? ''
  return scene.model.settings.get(consumer)
}

test('MCLIENT-4: a video is paused until somebody looks, and comes as large as it is looked at', async () => {
  const scene = mediaScene('ann')
  const { model, media, remote, timers } = scene
  const camera = model.publish('ann', 'camera')
  await media.join()
  await timers.advance(300)
  expect(remote('ann', 'camera')?.track).toBeNull()
  expect(settings(scene, camera)).toBeUndefined()
  media.look('ann', 'camera', 'small')
  expect(remote('ann', 'camera')?.track?.kind).toBe('video')
  await timers.advance(300)
  expect(settings(scene, camera)).toMatchObject({ paused: false, spatial: 0 })
  media.look('ann', 'camera', 'large')
  await timers.advance(300)
  expect(settings(scene, camera)).toMatchObject({ paused: false, spatial: 2, temporal: 2 })
  media.look('ann', 'camera', 'hidden')
  await timers.advance(300)
  expect(settings(scene, camera)).toMatchObject({ paused: true })
  expect(remote('ann', 'camera')?.track).toBeNull()
})

test('MCLIENT-4: a screen goes before faces, and what has no layers is asked for none', () => {
  const screen = askedOf('screen', 'large', false, 'svc')
  const face = askedOf('camera', 'large', false, 'simulcast')
  expect(screen.priority).toBeGreaterThan(face.priority ?? 0)
  expect(askedOf('camera', 'large', false, 'simple').spatial).toBeUndefined()
})

test('MCLIENT-4: whatever is scrolled, at most one request goes out in 200 ms, with the last word on each', async () => {
  const users = Array.from({ length: 20 }, (_, i) => `u${i}`)
  const scene = mediaScene(...users)
  const { model, media, timers } = scene
  const cameras = users.map((userId) => model.publish(userId, 'camera'))
  await media.join()
  await timers.advance(1_000)
  const before = model.count('media.setConsumers')
  for (let i = 0; i < 10; i++) {
    for (const userId of users) media.look(userId, 'camera', i % 2 ? 'hidden' : 'small')
    await timers.advance(40)
  }
  for (const userId of users) media.look(userId, 'camera', 'medium')
  await timers.advance(1_000)
  expect(model.count('media.setConsumers') - before).toBeLessThanOrEqual(4)
  for (const camera of cameras) expect(settings(scene, camera)).toMatchObject({ paused: false, spatial: 1 })
})

test('MCLIENT-4: what the room refused is asked again', async () => {
  const scene = mediaScene('ann')
  const { model, media, timers } = scene
  const microphone = model.publish('ann', 'microphone')
  let refusals = 2
  model.refuse = (type) => (type === 'media.setConsumers' && refusals-- > 0 ? { refused: 'rate' } : null)
  await media.join()
  await timers.advance(5_000)
  expect(settings(scene, microphone)).toEqual({ paused: false })
})

test('MCLIENT-6: deafened hears nothing at once, and the room is told; undone, all is heard', async () => {
  const scene = mediaScene('ann')
  const { model, media, remote, timers, view } = scene
  const microphone = model.publish('ann', 'microphone')
  await media.join()
  await timers.advance(300)
  const deaf = media.setDeafened(true)
  expect(remote('ann', 'microphone')?.track?.enabled).toBe(false)
  expect(view().deafened).toBe(true)
  await deaf
  await timers.advance(300)
  expect(model.state.members.get('me')?.deafened).toBe(true)
  expect(settings(scene, microphone)).toEqual({ paused: true })
  await media.setDeafened(false)
  await timers.advance(300)
  expect(remote('ann', 'microphone')?.track?.enabled).toBe(true)
  expect(settings(scene, microphone)).toEqual({ paused: false })
})
