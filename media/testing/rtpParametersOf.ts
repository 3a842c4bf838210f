/** The id under which a test sends how loud it is. */
export const LEVEL_EXTENSION = 10

/** What a client that sends one stream says of it. */
export const rtpParametersOf = (kind: 'audio' | 'video', ssrc: number): Record<string, unknown> => ({
  codecs: [
    kind === 'audio'
      ? { mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2, parameters: { usedtx: 1 } }
      : {
          mimeType: 'video/VP8',
          payloadType: 101,
          clockRate: 90_000,
          rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
        },
  ],
  headerExtensions:
    kind === 'audio' ? [{ uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: LEVEL_EXTENSION }] : [],
  encodings: [{ ssrc }],
  rtcp: { cname: 'test' },
})
