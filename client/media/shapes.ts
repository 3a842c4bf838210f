import type { types } from 'mediasoup-client'
import type { MediaSource } from '#schemas/media/sources.ts'

/** What is published, and a screen for what. */
export type Wish = { readonly source: MediaSource; readonly detail?: 'text' | 'motion' }

type Able = { readonly handlerName: string; readonly sendRtpCapabilities: types.RtpCapabilities }
type Shape = Pick<types.ProducerOptions, 'codec' | 'encodings' | 'codecOptions'>

/** How a source is encoded on this device: bit rates in bits per second. */
export function shapeOf(wish: Wish, device: Able): Shape {
  switch (wish.source) {
    case 'microphone':
      return { codecOptions: { opusStereo: false, opusDtx: true, opusFec: true, opusMaxAverageBitrate: 40_000 } }
    case 'screenAudio':
      return { codecOptions: { opusStereo: true, opusDtx: false, opusFec: true, opusMaxAverageBitrate: 128_000 } }
    case 'camera':
      return camera(device)
    case 'screen':
      return screen(device, wish.detail ?? 'text')
  }
}

/** VP8 is decoded everywhere and sent in layers by every browser; others only where there is none. */
function camera(device: Able): Shape {
  const codec = codecOf(device, 'VP8') ?? codecOf(device, 'H264') ?? codecOf(device, 'VP9') ?? codecOf(device, 'AV1')
  const name = codec?.mimeType.toLowerCase()
  const encodings =
    name === 'video/vp9' || name === 'video/av1'
      ? [{ scalabilityMode: 'L3T3_KEY', maxBitrate: 1_500_000 }]
      : [
          { rid: 'r0', scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
          { rid: 'r1', scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
          { rid: 'r2', scaleResolutionDownBy: 1, maxBitrate: 1_500_000, scalabilityMode: 'L1T3' },
        ]
  return { ...(codec ? { codec } : {}), encodings, codecOptions: { videoGoogleStartBitrate: 600 } }
}

/**
 * Text gets layers of time only: a smaller picture of it cannot be read. Only Chromium is asked for VP9 in layers; others get
 * VP8 in two sizes.
 */
function screen(device: Able, detail: 'text' | 'motion'): Shape {
  const text = detail === 'text'
  const maxFramerate = text ? 15 : 30
  const vp9 = device.handlerName.startsWith('Chrome') ? codecOf(device, 'VP9') : undefined
  const codecOptions = { videoGoogleStartBitrate: 1_500 }
  if (vp9) {
    const encoding = text
      ? { scalabilityMode: 'L1T3', maxBitrate: 3_500_000, maxFramerate }
      : { scalabilityMode: 'L3T3_KEY', maxBitrate: 4_500_000, maxFramerate }
    return { codec: vp9, encodings: [encoding], codecOptions }
  }
  const vp8 = codecOf(device, 'VP8')
  return {
    ...(vp8 ? { codec: vp8 } : {}),
    encodings: [
      { rid: 'r0', scaleResolutionDownBy: 2, maxBitrate: 700_000, maxFramerate },
      { rid: 'r1', scaleResolutionDownBy: 1, maxBitrate: 3_500_000, maxFramerate },
    ],
    codecOptions,
  }
}

const codecOf = (device: Able, name: string): types.RtpCodecCapability | undefined =>
  device.sendRtpCapabilities.codecs?.find((codec) => codec.mimeType.toLowerCase() === `video/${name.toLowerCase()}`)
