import { z } from 'zod'
import { codec, maybe, onlyKnown, payloadType, token, uint8 } from './rtpCodec.ts'

const kind = z.enum(['audio', 'video'])

/** What a client can receive. */
export const rtpCapabilities = z.object({
  codecs: maybe(z.array(z.object({ ...codec, kind, preferredPayloadType: payloadType })).max(128)),
  headerExtensions: maybe(
    z
      .array(
        z.object({
          kind,
          uri: token,
          preferredId: uint8.min(1),
          preferredEncrypt: maybe(z.literal(false)),
          direction: maybe(z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive'])),
        }),
      )
      .max(64)
      .transform(onlyKnown),
  ),
})
