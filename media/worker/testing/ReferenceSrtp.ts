import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { headerLength } from './rtpPacket.ts'
import { counterMode, type SessionKeys, type SrtpSuite, sessionKeys, srtpSuites } from './srtpSuites.ts'

const GCM_TAG = 16

/** RFC 3711 §4.1.1, RFC 7714 §8.1 and §9.1: the salt, with SSRC and packet number over it. */
function vector({ salt }: SessionKeys, ssrc: Buffer, index: number): Buffer {
  const gcm = salt.length === 12
  const made = Buffer.alloc(gcm ? 12 : 16)
  salt.copy(made)
  const over = Buffer.alloc(10)
  ssrc.copy(over)
  over.writeUIntBE(index, 4, 6)
  for (const [i, octet] of over.entries()) {
    const at = i + (gcm ? 2 : 4)
    made.writeUInt8(made.readUInt8(at) ^ octet, at)
  }
  return made
}

function seal({ cipher: key }: SessionKeys, iv: Buffer, clear: Buffer, body: Buffer): Buffer {
  const cipher = createCipheriv(key.length === 32 ? 'aes-256-gcm' : 'aes-128-gcm', key, iv).setAAD(clear)
  return Buffer.concat([cipher.update(body), cipher.final(), cipher.getAuthTag()])
}

/** Throws if anything was changed on the way. */
function open({ cipher: key }: SessionKeys, iv: Buffer, clear: Buffer, sealed: Buffer): Buffer {
  const cipher = createDecipheriv(key.length === 32 ? 'aes-256-gcm' : 'aes-128-gcm', key, iv).setAAD(clear)
  cipher.setAuthTag(sealed.subarray(-GCM_TAG))
  return Buffer.concat([cipher.update(sealed.subarray(0, -GCM_TAG)), cipher.final()])
}

const mac = ({ auth }: SessionKeys, length: number, ...parts: Buffer[]): Buffer =>
  createHmac('sha1', auth).update(Buffer.concat(parts)).digest().subarray(0, length)

const uint32 = (value: number): Buffer => {
  const made = Buffer.alloc(4)
  made.writeUInt32BE(value)
  return made
}

function verify(given: Buffer, right: Buffer): void {
  if (!given.equals(right)) throw new Error('wrong authentication tag')
}

/** SRTP and SRTCP written from the RFCs on Node's own cryptography, so that the worker has somebody else to agree with. One direction of one session. */
export class ReferenceSrtp {
  #tags: { readonly rtp: number; readonly rtcp: number } | undefined
  #rtp: SessionKeys
  #rtcp: SessionKeys
  #rtcpSent = 0

  constructor(suite: SrtpSuite, master: Buffer) {
    this.#tags = srtpSuites[suite].tags
    this.#rtp = sessionKeys(suite, master, 0)
    this.#rtcp = sessionKeys(suite, master, 3)
  }

  /** `rollover`: how often the 16 bits of the sequence number have begun anew. */
  protectRtp(packet: Buffer, rollover = 0): Buffer {
    const [head, body, iv] = this.#rtpParts(packet, rollover)
    if (!this.#tags) return Buffer.concat([head, seal(this.#rtp, iv, head, body)])
    const made = Buffer.concat([head, counterMode(this.#rtp.cipher, iv, body)])
    return Buffer.concat([made, mac(this.#rtp, this.#tags.rtp, made, uint32(rollover))])
  }

  unprotectRtp(packet: Buffer, rollover = 0): Buffer {
    const [head, sealed, iv] = this.#rtpParts(packet, rollover)
    if (!this.#tags) return Buffer.concat([head, open(this.#rtp, iv, head, sealed)])
    const signed = packet.subarray(0, -this.#tags.rtp)
    verify(packet.subarray(-this.#tags.rtp), mac(this.#rtp, this.#tags.rtp, signed, uint32(rollover)))
    return Buffer.concat([head, counterMode(this.#rtp.cipher, iv, signed.subarray(head.length))])
  }

  #rtpParts(packet: Buffer, rollover: number): [Buffer, Buffer, Buffer] {
    const at = headerLength(packet)
    const index = rollover * 0x10000 + packet.readUInt16BE(2)
    return [packet.subarray(0, at), packet.subarray(at), vector(this.#rtp, packet.subarray(8, 12), index)]
  }

  protectRtcp(packet: Buffer): Buffer {
    this.#rtcpSent += 1
    const [head, body] = [packet.subarray(0, 8), packet.subarray(8)]
    const iv = vector(this.#rtcp, packet.subarray(4, 8), this.#rtcpSent)
    const index = uint32(0x8000_0000 + this.#rtcpSent)
    if (!this.#tags) return Buffer.concat([head, seal(this.#rtcp, iv, Buffer.concat([head, index]), body), index])
    const made = Buffer.concat([head, counterMode(this.#rtcp.cipher, iv, body), index])
    return Buffer.concat([made, mac(this.#rtcp, this.#tags.rtcp, made)])
  }

  unprotectRtcp(packet: Buffer): Buffer {
    const signed = this.#tags ? packet.subarray(0, -this.#tags.rtcp) : packet
    if (this.#tags) verify(packet.subarray(-this.#tags.rtcp), mac(this.#rtcp, this.#tags.rtcp, signed))
    const [head, body, index] = [signed.subarray(0, 8), signed.subarray(8, -4), signed.subarray(-4)]
    const number = index.readUInt32BE()
    if (number < 0x8000_0000) throw new Error('not encrypted')
    const iv = vector(this.#rtcp, packet.subarray(4, 8), number - 0x8000_0000)
    if (!this.#tags) return Buffer.concat([head, open(this.#rtcp, iv, Buffer.concat([head, index]), body)])
    return Buffer.concat([head, counterMode(this.#rtcp.cipher, iv, body)])
  }
}
