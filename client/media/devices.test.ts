import { expect, test } from 'vitest'
import { promises } from '../testing/handTimers.ts'
import { mediaScene } from '../testing/mediaScene.ts'
import { closedPicker, failureOf } from './failures.ts'

test('MCLIENT-10: what browsers say about a device is told in our words', async () => {
  const names = { NotAllowedError: 'denied', NotFoundError: 'none', NotReadableError: 'busy', TypeError: 'failed' }
  for (const [name, failure] of Object.entries(names)) expect(failureOf(new DOMException('', name))).toBe(failure)
  expect(failureOf('nonsense')).toBe('failed')
  const { media, platform, devices, view } = mediaScene()
  platform.insecure = true
  expect(await media.setMicrophone(true)).toBe('insecure')
  platform.insecure = false
  devices.error = 'NotAllowedError'
  expect(await media.setMicrophone(true)).toBe('denied')
  expect(view().failures).toEqual({ microphone: 'denied' })
  devices.error = null
  expect(await media.setMicrophone(true)).toBeNull()
  expect(view().failures).toEqual({})
})

test('MCLIENT-11: the chosen device is used, kept on this device, and taken into use at once', async () => {
  const { model, media, devices, storage, own } = mediaScene()
  await media.setMicrophone(true)
  expect(await media.choose('microphone', 'mic2')).toBeNull()
  expect(devices.asked.at(-1)).toMatchObject({ audio: { deviceId: { exact: 'mic2' }, echoCancellation: true } })
  expect(storage.get('studyhub:media:microphone')).toBe('mic2')
  expect(devices.live).toHaveLength(1)
  expect(own('microphone')?.track).toBe(devices.live[0])
  expect(model.count('media.produce')).toBe(1)
  await media.setMicrophone(false)
  await media.choose('microphone', '')
  expect(devices.live[0]?.enabled).toBe(false)
})

test('MCLIENT-11: a device that is pulled is followed by the one that is left, muted as it was, and it is said', async () => {
  const { media, devices, own } = mediaScene()
  const stop = media.devices.subscribe(() => {})
  await promises()
  expect(media.devices.get().found.microphone.map(({ deviceId }) => deviceId)).toEqual(['mic1', 'mic2'])
  await media.choose('microphone', 'mic2')
  await media.setMicrophone(true)
  await media.setMicrophone(false)
  devices.plugged = devices.plugged.filter(({ deviceId }) => deviceId !== 'mic2')
  devices.tracks[0]?.end()
  await promises()
  expect(media.devices.get().vanished).toEqual({ n: 1, kind: 'microphone', label: 'Headset' })
  expect(devices.live).toHaveLength(1)
  expect(devices.live[0]?.enabled).toBe(false)
  expect(own('microphone')).toMatchObject({ muted: true, track: devices.live[0] })
  devices.dispatchEvent(new Event('devicechange'))
  await promises()
  expect(media.devices.get().found.microphone.map(({ deviceId }) => deviceId)).toEqual(['mic1'])
  stop()
})

test('MCLIENT-11: the last device pulled ends its source and says so', async () => {
  const { model, media, devices, view } = mediaScene()
  await media.setCamera(true)
  devices.error = 'NotFoundError'
  devices.tracks[0]?.end()
  await promises()
  expect(view()).toMatchObject({ own: [], failures: { camera: 'none' } })
  expect(model.own.size).toBe(0)
})

test('MCLIENT-11: a device is tried out without being in the media', async () => {
  const { model, media } = mediaScene()
  const track = await media.tryOut('camera')
  expect(track).toMatchObject({ kind: 'video' })
  expect(model.asked).toEqual([])
})

test('MCLIENT-12: a screen is shared, and freed by the browser’s own stop button', async () => {
  const { model, media, devices, view } = mediaScene()
  expect(await media.shareScreen({ detail: 'text', sound: true })).toBeNull()
  expect(model.state.screen.owner).toBe('me')
  expect(view().own.map(({ source }) => source)).toEqual(['screen', 'screenAudio'])
  expect(devices.tracks[0]?.contentHint).toBe('text')
  devices.tracks[0]?.end()
  await promises()
  expect(model.state.screen.owner).toBe('')
  expect([...model.own.keys()]).toEqual([])
  expect(devices.live).toEqual([])
})

test('MCLIENT-12: a picker that was closed is no failure; a screen that another has is refused before the picker', async () => {
  const { model, media, devices, view } = mediaScene('ann')
  devices.error = 'NotAllowedError'
  devices.errorMessage = 'Permission denied'
  expect(await media.shareScreen({ detail: 'motion', sound: false })).toBeNull()
  expect(view()).toMatchObject({ own: [], failures: {} })
  expect(closedPicker(new DOMException('Permission denied by system', 'NotAllowedError'))).toBe(false)
  devices.error = null
  model.state.screen.owner = 'ann'
  expect(await media.shareScreen({ detail: 'motion', sound: false })).toMatchObject({ refused: 'screen_taken' })
  expect(devices.tracks).toEqual([])
})

test('MCLIENT-12: a claim that came too late gives the tracks back', async () => {
  const { model, media, devices, view } = mediaScene('ann')
  model.refuse = (type) => (type === 'screen.claim' ? { refused: 'screen_taken' } : null)
  expect(await media.shareScreen({ detail: 'text', sound: true })).toEqual({ refused: 'screen_taken' })
  expect(devices.live).toEqual([])
  expect(view().own).toEqual([])
})

test('MCLIENT-12: who takes the screen over ends my share; stopping it while it begins leaves nothing', async () => {
  const { model, media, devices, timers } = mediaScene('ann')
  await media.shareScreen({ detail: 'text', sound: true })
  model.state.screen.owner = 'ann'
  media.patched()
  await promises()
  expect(devices.live).toEqual([])
  expect(model.state.screen.owner).toBe('ann')
  model.state.screen.owner = ''
  let go = () => {}
  devices.gate = () => new Promise((open) => (go = open))
  const shared = media.shareScreen({ detail: 'text', sound: false })
  await promises()
  await media.stopScreen()
  go()
  expect(await shared).toBeNull()
  await timers.advance(300)
  expect(devices.live).toEqual([])
  expect(model.state.screen.owner).toBe('')
  expect(model.own.size).toBe(0)
})
