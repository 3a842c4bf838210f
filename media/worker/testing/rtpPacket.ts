export type RtpPacket = {
  readonly sequence: number
  readonly ssrc: number
  readonly payload: Buffer
  readonly payloadType: number
  readonly timestamp: number
  /** With a header extension. */
  readonly extended?: boolean
}

const EXTENSION = Buffer.from([0xbe, 0xde, 0, 1, 0x10, 0x41, 0, 0])

/** Sequence numbers and timestamps begin anew by themselves. */
export function rtpPacket({ sequence, ssrc, payload, payloadType, timestamp, extended }: RtpPacket): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt8(extended ? 0x90 : 0x80, 0)
  head.writeUInt8(payloadType, 1)
  head.writeUInt16BE(sequence & 0xffff, 2)
  head.writeUInt32BE(timestamp >>> 0, 4)
  head.writeUInt32BE(ssrc, 8)
  return Buffer.concat([head, ...(extended ? [EXTENSION] : []), payload])
}

export function headerLength(packet: Buffer): number {
  const first = packet.readUInt8(0)
  const sources = 12 + 4 * (first & 0x0f)
  return first & 0x10 ? sources + 4 + 4 * packet.readUInt16BE(sources + 2) : sources
}

export const payloadOf = (packet: Buffer): Buffer => packet.subarray(headerLength(packet))

/** RFC 5761: what shares a port with RTP is told by its type. */
export const isRtcp = (packet: Buffer): boolean => packet.readUInt8(1) >= 192 && packet.readUInt8(1) <= 223

/** RFC 4585: the wish for a key frame of `media`. */
export function pictureLoss(sender: number, media: number): Buffer {
  const made = Buffer.alloc(12)
  made.writeUInt8(0x81, 0)
  made.writeUInt8(206, 1)
  made.writeUInt16BE(2, 2)
  made.writeUInt32BE(sender, 4)
  made.writeUInt32BE(media, 8)
  return made
}
