import { expect, test } from 'vitest'
import { promises } from '../testing/handTimers.ts'
import { mediaScene } from '../testing/mediaScene.ts'

test('MCLIENT-1: who joins hears what is published, and what is published later', async () => {
  const { model, media, view, remote, timers } = mediaScene('ann', 'bob')
  model.publish('ann', 'microphone')
  expect(view().status).toBe('out')
  expect(view().remote).toEqual([])
  expect(await media.join()).toBeNull()
  await timers.advance(0)
  expect(view().status).toBe('in')
  expect(remote('ann', 'microphone')?.track?.kind).toBe('audio')
  model.publish('bob', 'microphone')
  await timers.advance(300)
  expect(remote('bob', 'microphone')?.track).not.toBeNull()
  expect([...model.settings.values()]).toEqual([{ paused: false }, { paused: false }])
  model.unpublish('ann', 'microphone')
  await promises()
  expect(view().remote.map(({ userId }) => userId)).toEqual(['bob'])
})

test('MCLIENT-2: a refused join is told and leaves nothing', async () => {
  const { model, media, view, devices } = mediaScene()
  model.refuse = (type) => (type === 'media.join' ? { refused: 'full' } : null)
  expect(await media.setMicrophone(true)).toEqual({ refused: 'full' })
  expect(view()).toMatchObject({ status: 'out', refused: { refused: 'full' }, own: [] })
  expect(devices.asked).toEqual([])
})

test('MCLIENT-5: the microphone is published, silent at once when muted, and heard again', async () => {
  const { model, media, own, devices } = mediaScene()
  expect(await media.setMicrophone(true)).toBeNull()
  expect(model.own.get('microphone')).toMatchObject({ paused: false })
  const track = devices.tracks[0]
  const muted = media.setMicrophone(false)
  expect(track?.enabled).toBe(false)
  expect(own('microphone')?.muted).toBe(true)
  await muted
  expect(model.own.get('microphone')?.paused).toBe(true)
  await media.setMicrophone(true)
  expect(track?.enabled).toBe(true)
  expect(model.own.get('microphone')?.paused).toBe(false)
  expect(devices.tracks).toHaveLength(1)
})
