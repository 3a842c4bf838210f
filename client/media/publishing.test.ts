import { expect, test } from 'vitest'
import { promises } from '../testing/handTimers.ts'
import { mediaScene } from '../testing/mediaScene.ts'

test('MCLIENT-5: two clicks are one microphone, and push to talk that ends before the device is open leaves it muted', async () => {
  const { model, media, devices, timers } = mediaScene()
  let open = () => {}
  await media.join()
  devices.gate = () => new Promise((go) => (open = go))
  media.talk(true)
  media.talk(true)
  media.talk(false)
  await promises()
  open()
  await timers.advance(300)
  expect(devices.asked).toHaveLength(1)
  expect(model.own.get('microphone')).toMatchObject({ paused: true })
  expect(devices.tracks[0]?.enabled).toBe(false)
})

test('MCLIENT-5: who may not speak now stays muted, and is told why', async () => {
  const { model, media, own, devices } = mediaScene()
  await media.setMicrophone(true)
  await media.setMicrophone(false)
  model.refuse = (type) => (type === 'media.setPaused' ? { refused: 'not_allowed' } : null)
  expect(await media.setMicrophone(true)).toEqual({ refused: 'not_allowed' })
  expect(own('microphone')?.muted).toBe(true)
  expect(devices.tracks[0]?.enabled).toBe(false)
})

test('MCLIENT-7: a camera that is turned off lets its device go', async () => {
  const { model, media, view, devices } = mediaScene()
  expect(await media.setCamera(true)).toBeNull()
  expect([...model.own.keys()]).toEqual(['camera'])
  expect(devices.live).toHaveLength(1)
  await media.setCamera(false)
  expect([...model.own.keys()]).toEqual([])
  expect(devices.live).toEqual([])
  expect(view().own).toEqual([])
})

test('MCLIENT-7: on, off and on again at once ends with one camera', async () => {
  const { model, media, devices } = mediaScene()
  await Promise.all([media.setCamera(true), media.setCamera(false), media.setCamera(true)])
  expect([...model.own.keys()]).toEqual(['camera'])
  expect(devices.live).toHaveLength(1)
})

test('MCLIENT-7: what the room refuses to publish is stopped, and the reason answered', async () => {
  const { model, media, view, devices } = mediaScene()
  model.refuse = (type) => (type === 'media.produce' ? { refused: 'not_allowed' } : null)
  expect(await media.setCamera(true)).toEqual({ refused: 'not_allowed' })
  expect(view()).toMatchObject({ status: 'in', own: [] })
  expect(devices.live).toEqual([])
})

test('MCLIENT-8: muted by a moderator is muted here, by event or by state alone; nobody unmutes me', async () => {
  for (const told of [true, false]) {
    const { model, media, own, devices, view } = mediaScene()
    await media.setMicrophone(true)
    model.act('muted', 'microphone', told)
    await promises()
    expect(own('microphone')?.muted).toBe(true)
    expect(devices.tracks[0]?.enabled).toBe(false)
    expect(view().acted?.by).toBe(told ? 'mod' : undefined)
    const mine = model.own.get('microphone')
    if (mine) mine.paused = false
    const member = model.state.members.get('me')
    if (member) member.micMuted = false
    media.patched()
    await promises()
    expect(model.own.get('microphone')?.paused).toBe(true)
    expect(await media.setMicrophone(true)).toBeNull()
    expect(model.own.get('microphone')?.paused).toBe(false)
    expect(own('microphone')?.muted).toBe(false)
  }
})

test('MCLIENT-8: a state from before my click does not mute me again', async () => {
  const { model, media, own } = mediaScene()
  await media.setMicrophone(true)
  await media.setMicrophone(false)
  // The room has done it, but its state still says what was.
  const be = (muted: boolean) => {
    const member = model.state.members.get('me')
    if (member) member.micMuted = muted
    media.patched()
  }
  model.patched = () => be(true)
  await media.setMicrophone(true)
  be(true)
  expect(own('microphone')?.muted).toBe(false)
  be(false)
  be(true)
  expect(own('microphone')?.muted).toBe(true)
})

test('MCLIENT-8: stopped by a moderator ends the track, by event or by state alone', async () => {
  for (const told of [true, false]) {
    const { model, media, view, devices } = mediaScene()
    await media.setCamera(true)
    model.act('stopped', 'camera', told)
    await promises()
    expect(view().own).toEqual([])
    expect(devices.live).toEqual([])
  }
})

test('MCLIENT-9: leaving, and the end of the stay, stop every track and let every device go', async () => {
  for (const end of ['leave', 'close'] as const) {
    const { model, media, view, devices, timers, platform } = mediaScene('ann')
    model.publish('ann', 'microphone')
    await media.setMicrophone(true)
    await media.setCamera(true)
    await media.shareScreen({ detail: 'text', sound: true })
    await timers.advance(300)
    expect(devices.live).toHaveLength(4)
    const heard = view().remote[0]?.track
    await media[end]()
    expect(devices.live).toEqual([])
    expect(heard?.readyState).toBe('ended')
    expect(view()).toMatchObject({ status: 'out', own: [], remote: [] })
    if (end === 'close') {
      expect(timers.pending).toBe(0)
      expect(platform.watchers).toBe(0)
      expect(await media.join()).toEqual({ refused: 'unavailable' })
    } else {
      expect(model.own.size).toBe(0)
      expect(model.state.screen.owner).toBe('')
    }
  }
})

test('MCLIENT-9: a device that opens after I left is let go', async () => {
  const { media, devices, view } = mediaScene()
  await media.join()
  let open = () => {}
  devices.gate = () => new Promise((go) => (open = go))
  const asked = media.setMicrophone(true)
  await promises()
  await media.leave()
  open()
  expect(await asked).toEqual({ refused: 'gone' })
  expect(devices.live).toEqual([])
  expect(view().own).toEqual([])
})
