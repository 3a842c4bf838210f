import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { PasskeyAsked } from '#schemas/api/passkeys.ts'

/** What a dishonest or broken device, or a page in between, would do otherwise. */
export type Twist = {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly type?: string
  readonly userHandle?: string
  /** The person was not asked for a finger or a PIN. */
  readonly unverified?: true
  readonly counter?: number
}
type Kept = { readonly id: Buffer; readonly key: KeyObject; readonly user: Buffer; counter: number }

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const url = (bytes: Buffer) => bytes.toString('base64url')
/** CBOR byte string and text of less than 64 KB. */
const head = (major: number, length: number): Buffer =>
  length < 24
    ? Buffer.from([(major << 5) | length])
    : length < 256
      ? Buffer.from([(major << 5) | 24, length])
      : Buffer.from([(major << 5) | 25, length >> 8, length & 255])
const bytes = (data: Buffer) => Buffer.concat([head(2, data.length), data])
const text = (data: string) => Buffer.concat([head(3, Buffer.byteLength(data)), Buffer.from(data)])

/** A software authenticator with one discoverable ES256 credential, which answers as a browser's page would get it. */
export class Authenticator {
  readonly #origin: string
  /** Counts its uses; false: says 0 for ever, as synced passkeys do. */
  readonly #counts: boolean
  #kept: Kept | undefined

  constructor(origin: string, { counts = true }: { counts?: boolean } = {}) {
    this.#origin = origin
    this.#counts = counts
  }

  /** Makes the credential; what is posted to keep it. */
  create({ options, ticket }: PasskeyAsked, name: string, twist: Twist = {}) {
    // The schema leaves the standard's fields to the browser; this stands for one.
    const { rp, user, challenge } = options as unknown as {
      rp: { id: string }
      user: { id: string }
      challenge: string
    }
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const id = randomBytes(32)
    this.#kept = { id, key: privateKey, user: Buffer.from(user.id, 'base64url'), counter: 0 }
    // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
    const cose = Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      ...[bytes(Buffer.from(x, 'base64url')), Buffer.from([0x22]), bytes(Buffer.from(y, 'base64url'))],
    ])
    const length = Buffer.from([id.length >> 8, id.length & 255])
    const attested = Buffer.concat([Buffer.alloc(16), length, id, cose])
    const authData = this.#data(rp.id, 0x40, twist, attested)
    const none = [text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0])]
    const attestationObject = Buffer.concat([Buffer.from([0xa3]), ...none, text('authData'), bytes(authData)])
    const clientDataJSON = this.#client(twist.type ?? 'webauthn.create', challenge, twist)
    return {
      ...{ ticket, name },
      credential: this.#answer({ clientDataJSON, attestationObject: url(attestationObject), transports: ['internal'] }),
    }
  }

  /** Signs in with it; what is posted. */
  get({ options, ticket }: PasskeyAsked, twist: Twist = {}) {
    // As above: what a browser reads.
    const { rpId, challenge } = options as unknown as { rpId: string; challenge: string }
    const kept = this.#made()
    if (this.#counts) kept.counter++
    const authData = this.#data(rpId, 0, twist)
    const clientDataJSON = this.#client(twist.type ?? 'webauthn.get', challenge, twist)
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    return {
      ticket,
      credential: this.#answer({
        ...{ clientDataJSON, authenticatorData: url(authData) },
        signature: url(sign('sha256', signed, kept.key)),
        userHandle: url(twist.userHandle === undefined ? kept.user : Buffer.from(twist.userHandle)),
      }),
    }
  }

  #made(): Kept {
    if (!this.#kept) throw new Error('no credential yet')
    return this.#kept
  }

  #answer<R extends object>(response: R) {
    const id = url(this.#made().id)
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {}, response }
  }

  #client(type: string, challenge: string, twist: Twist): string {
    const said = {
      type,
      challenge: twist.challenge ?? challenge,
      origin: twist.origin ?? this.#origin,
      crossOrigin: false,
    }
    return Buffer.from(JSON.stringify(said)).toString('base64url')
  }

  #data(rpId: string, flags: number, twist: Twist, rest = Buffer.alloc(0)): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(twist.counter ?? this.#made().counter)
    const verified = twist.unverified ? 0 : 0x04
    return Buffer.concat([sha256(twist.rpId ?? rpId), Buffer.from([0x01 | verified | flags]), counter, rest])
  }
}
