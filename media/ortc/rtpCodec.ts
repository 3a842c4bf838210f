import { z } from 'zod'

/** Absent, in whatever way the wire tells it. */
export const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined)

export const uint8 = z.int().min(0).max(255)
export const uint32 = z.int().min(0).max(4_294_967_295)
export const payloadType = z.int().min(0).max(127)
/** Names and values that SDP knows: short, printable. */
export const token = z.string().max(128)

const parameter = z.union([token, z.number().min(-2_147_483_648).max(4_294_967_295), z.boolean(), z.null()])
export const parameters = maybe(z.record(token, parameter).refine((all) => Object.keys(all).length <= 32))

export const codec = {
  mimeType: z.string().regex(/^(audio|video)\/[\w-]{1,32}$/i),
  clockRate: uint32.min(1),
  channels: maybe(uint8.min(1)),
  parameters,
  rtcpFeedback: maybe(z.array(z.object({ type: token, parameter: maybe(token) })).max(16)),
}

/** Those that this mediasoup can write; others a client may offer, and they are left out. */
export const headerExtensionUris = [
  'urn:ietf:params:rtp-hdrext:sdes:mid',
  'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
  'urn:3gpp:video-orientation',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
  'urn:ietf:params:rtp-hdrext:toffset',
  'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
] as const
type Uri = (typeof headerExtensionUris)[number]

const known = (uri: string): uri is Uri => (headerExtensionUris as readonly string[]).includes(uri)

/** Keeps of `extensions` what mediasoup knows. */
export const onlyKnown = <E extends { uri: string }>(extensions: readonly E[]): (E & { uri: Uri })[] =>
  extensions.filter((extension): extension is E & { uri: Uri } => known(extension.uri))
