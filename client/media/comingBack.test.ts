import { expect, test } from 'vitest'
import { promises } from '../testing/handTimers.ts'
import { mediaScene } from '../testing/mediaScene.ts'

/** In the media, speaking muted and seen, hearing ann. */
async function settled() {
  const scene = mediaScene('ann')
  const { model, media, timers } = scene
  model.publish('ann', 'microphone')
  await media.setMicrophone(true)
  await media.setMicrophone(false)
  await media.setCamera(true)
  await media.setDeafened(true)
  await timers.advance(300)
  expect(scene.remote('ann', 'microphone')?.track).not.toBeNull()
  return scene
}

/** Everything as it was, in a session of now. */
async function isBack({ model, timers, view, devices, remote }: Awaited<ReturnType<typeof settled>>) {
  model.publish('ann', 'microphone')
  await timers.advance(1_000)
  expect(view()).toMatchObject({ status: 'in', refused: null, deafened: true })
  expect(model.own.get('microphone')).toMatchObject({ paused: true })
  expect(model.own.get('camera')).toMatchObject({ paused: false })
  expect(view().own.map(({ source, muted }) => [source, muted])).toEqual([
    ['microphone', true],
    ['camera', false],
  ])
  // The very same devices, never opened again.
  expect(devices.asked).toHaveLength(2)
  expect(devices.live).toHaveLength(2)
  expect(model.state.members.get('me')?.deafened).toBe(true)
  expect(remote('ann', 'microphone')?.track?.readyState).toBe('live')
  expect([...model.settings.entries()].filter(([id]) => model.consumers.has(id))).toHaveLength(0)
}

test('MCLIENT-13: another epoch: joins again, and everything of mine comes back as it was', async () => {
  const scene = await settled()
  const member = scene.model.state.members.get('me')
  scene.model.restart()
  if (member) member.deafened = false
  expect(scene.view().status).toBe('reconnecting')
  scene.model.settings.clear()
  await isBack(scene)
})

test('MCLIENT-13: another connection: joins again; the same one goes on with what it has', async () => {
  const scene = await settled()
  const { model, media } = scene
  media.attach(model.connect('s1'))
  await promises()
  expect(model.count('media.join')).toBe(1)
  model.settings.clear()
  media.attach(model.connect('s2'))
  await promises()
  expect(model.count('media.join')).toBe(2)
  await isBack(scene)
})

test('MCLIENT-13: out of the media in state: joins again', async () => {
  const scene = await settled()
  const member = scene.model.state.members.get('me')
  if (member) member.inMedia = false
  scene.media.patched()
  // For a moment only: a join that was repeated shows it, and is no loss.
  await scene.timers.advance(1_000)
  if (member) member.inMedia = true
  scene.media.patched()
  await scene.timers.advance(5_000)
  expect(scene.model.count('media.join')).toBe(1)
  scene.model.settings.clear()
  if (member) member.inMedia = false
  scene.media.patched()
  await scene.timers.advance(2_000)
  expect(scene.model.count('media.join')).toBe(2)
  await isBack(scene)
})

test('MCLIENT-13: while it cannot come back the last tracks stay, and it tries until it works', async () => {
  const scene = await settled()
  const { model, view, remote, timers } = scene
  const heard = remote('ann', 'microphone')?.track
  let tries = 0
  model.refuse = (type) => (type === 'media.join' ? { refused: tries++ % 2 ? 'unavailable' : 'no_media' } : null)
  model.restart()
  await timers.advance(12_000)
  expect(view().status).toBe('reconnecting')
  expect(remote('ann', 'microphone')?.track).toBe(heard)
  expect(heard?.readyState).toBe('live')
  expect(tries).toBeGreaterThan(3)
  expect(tries).toBeLessThan(20)
  model.refuse = () => null
  model.settings.clear()
  await timers.advance(5_000)
  await isBack(scene)
  expect(heard?.readyState).toBe('ended')
})

test('MCLIENT-14: a refusal that is a decision ends it, and every device is let go', async () => {
  for (const refused of ['full', 'no_media'] as const) {
    const scene = await settled()
    const { model, view, timers, devices, remote } = scene
    const heard = remote('ann', 'microphone')?.track
    model.refuse = (type) => (type === 'media.join' ? { refused } : null)
    model.restart()
    await timers.advance(60_000)
    expect(view()).toMatchObject({ status: 'out', refused: { refused }, own: [], remote: [] })
    expect(devices.live).toEqual([])
    expect(heard?.readyState).toBe('ended')
  }
})

test('MCLIENT-14: leaving while it comes back leaves for good', async () => {
  const { model, media, view, timers, devices } = await settled()
  model.refuse = (type) => (type === 'media.join' ? { refused: 'unavailable' } : null)
  model.restart()
  await timers.advance(1_000)
  await media.leave()
  model.refuse = () => null
  await timers.advance(30_000)
  expect(view().status).toBe('out')
  expect(devices.live).toEqual([])
  expect(model.state.members.get('me')?.inMedia).toBe(false)
  expect(await media.join()).toBeNull()
  expect(view().status).toBe('in')
})

test('MCLIENT-13: a share comes back when the room has kept its owner, or none; not over another one', async () => {
  for (const owner of ['me', '', 'ann']) {
    const { model, media, timers, devices } = mediaScene('ann')
    await media.shareScreen({ detail: 'text', sound: false })
    await timers.advance(300)
    model.state.screen.owner = owner
    model.restart()
    await timers.advance(1_000)
    expect(model.own.has('screen')).toBe(owner !== 'ann')
    expect(devices.live).toHaveLength(owner === 'ann' ? 0 : 1)
    expect(model.state.screen.owner).toBe(owner === '' ? 'me' : owner)
  }
})
