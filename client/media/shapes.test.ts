import { testFakeParameters as fake } from 'mediasoup-client'
import { expect, test } from 'vitest'
import { shapeOf } from './shapes.ts'

const device = (handlerName: string, ...names: string[]) => ({
  handlerName,
  sendRtpCapabilities: {
    codecs: names.map((name) => ({
      kind: 'video' as const,
      mimeType: `video/${name}` as const,
      clockRate: 90_000,
      preferredPayloadType: 96,
    })),
  },
})
const chrome = device('Chrome111', 'H264', 'VP8', 'VP9', 'AV1')

test('MCLIENT-17: speech saves what it can; a screen’s sound is left as it is', () => {
  expect(shapeOf({ source: 'microphone' }, chrome).codecOptions).toMatchObject({ opusDtx: true, opusFec: true })
  expect(shapeOf({ source: 'screenAudio' }, chrome).codecOptions).toMatchObject({ opusDtx: false, opusStereo: true })
})

test('MCLIENT-17: a camera comes in three sizes of VP8, and by another codec only without it', () => {
  const shape = shapeOf({ source: 'camera' }, chrome)
  expect(shape.codec?.mimeType).toBe('video/VP8')
  expect(shape.encodings).toHaveLength(3)
  expect(shapeOf({ source: 'camera' }, device('Safari12', 'H264')).codec?.mimeType).toBe('video/H264')
  expect(shapeOf({ source: 'camera' }, device('Chrome111', 'AV1')).encodings).toHaveLength(1)
})

test('MCLIENT-17: text is never sent smaller where the browser sends layers of time, motion is smooth', () => {
  expect(shapeOf({ source: 'screen', detail: 'text' }, chrome)).toMatchObject({
    codec: { mimeType: 'video/VP9' },
    encodings: [{ scalabilityMode: 'L1T3', maxFramerate: 15 }],
  })
  expect(shapeOf({ source: 'screen', detail: 'motion' }, chrome)).toMatchObject({
    encodings: [{ scalabilityMode: 'L3T3_KEY', maxFramerate: 30 }],
  })
  const firefox = shapeOf({ source: 'screen', detail: 'text' }, device('Firefox120', 'VP8', 'VP9'))
  expect(firefox.codec?.mimeType).toBe('video/VP8')
  expect(firefox.encodings).toHaveLength(2)
})

test('MCLIENT-17: a device without any known codec lets WebRTC choose', () => {
  const bare = { handlerName: 'x', sendRtpCapabilities: { ...fake.generateNativeRtpCapabilities(), codecs: [] } }
  expect(shapeOf({ source: 'camera' }, bare).codec).toBeUndefined()
})
