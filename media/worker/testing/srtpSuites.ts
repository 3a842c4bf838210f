import { createCipheriv, randomBytes } from 'node:crypto'

/** Octets of the master key and salt; `tags`: of an HMAC in RTP and RTCP, where the cipher itself gives none. */
export const srtpSuites = {
  AEAD_AES_256_GCM: { key: 32, salt: 12, tags: undefined },
  AEAD_AES_128_GCM: { key: 16, salt: 12, tags: undefined },
  AES_CM_128_HMAC_SHA1_80: { key: 16, salt: 14, tags: { rtp: 10, rtcp: 10 } },
  AES_CM_128_HMAC_SHA1_32: { key: 16, salt: 14, tags: { rtp: 4, rtcp: 10 } },
} as const
export type SrtpSuite = keyof typeof srtpSuites

export type SessionKeys = { readonly cipher: Buffer; readonly auth: Buffer; readonly salt: Buffer }

/** A master key with its salt, as mediasoup's `keyBase64` has it. */
export const newMasterKey = (suite: SrtpSuite): Buffer => randomBytes(srtpSuites[suite].key + srtpSuites[suite].salt)

export function counterMode(key: Buffer, vector: Buffer, data: Buffer): Buffer {
  const cipher = createCipheriv(`aes-${key.length * 8}-ctr`, key, vector)
  return Buffer.concat([cipher.update(data), cipher.final()])
}

/** RFC 3711 §4.3: what is derived of the master key; the first label is 0 for RTP and 3 for RTCP. */
export function sessionKeys(suite: SrtpSuite, master: Buffer, label: 0 | 3): SessionKeys {
  const { key, salt } = srtpSuites[suite]
  const derive = (at: number, length: number) => {
    const vector = Buffer.alloc(16)
    master.copy(vector, 0, key, key + salt)
    vector.writeUInt8(vector.readUInt8(7) ^ at, 7)
    return counterMode(master.subarray(0, key), vector, Buffer.alloc(length))
  }
  return { cipher: derive(label, key), auth: derive(label + 1, 20), salt: derive(label + 2, salt) }
}
