import type { Producer, Transport } from 'mediasoup/types'

/** An Opus stream. */
export const publishAudio = <P extends Producer>(on: Pick<Transport, 'produce'>, ssrc: number): Promise<P> =>
  on.produce({
    kind: 'audio',
    rtpParameters: {
      mid: `${ssrc}`,
      codecs: [{ mimeType: 'audio/opus', clockRate: 48_000, channels: 2, payloadType: 100 }],
      encodings: [{ ssrc }],
      rtcp: { cname: 'test' },
    },
  }) as Promise<P>
