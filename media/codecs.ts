import { getSupportedRtpCapabilities } from 'mediasoup'
import type { RouterRtpCodecCapability } from 'mediasoup/types'

/** In the order in which a client that has no opinion takes them. */
const wanted: readonly RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  { kind: 'video', mimeType: 'video/VP9', clockRate: 90_000, parameters: { 'profile-id': 0 } },
  // Constrained baseline, which everything decodes, and main, which hardware of phones encodes.
  ...['42e01f', '4d001f'].map(
    (profile): RouterRtpCodecCapability => ({
      kind: 'video',
      mimeType: 'video/H264',
      clockRate: 90_000,
      parameters: { 'packetization-mode': 1, 'profile-level-id': profile, 'level-asymmetry-allowed': 1 },
    }),
  ),
  { kind: 'video', mimeType: 'video/AV1', clockRate: 90_000 },
]

/** The codecs of every router: what is wanted, as far as this mediasoup has it. */
export function mediaCodecs(): RouterRtpCodecCapability[] {
  const known = new Set((getSupportedRtpCapabilities().codecs ?? []).map((codec) => codec.mimeType.toLowerCase()))
  return wanted.filter((codec) => known.has(codec.mimeType.toLowerCase()))
}
