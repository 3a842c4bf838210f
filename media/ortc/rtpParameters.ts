import { z } from 'zod'
import { codec, maybe, onlyKnown, parameters, payloadType, token, uint8, uint32 } from './rtpCodec.ts'

const scalabilityMode = z.string().regex(/^[LS][1-3]T[1-3](h|_KEY|_KEY_SHIFT)?$/)
const rid = z.string().regex(/^[\w-]{1,8}$/)

/** What a client sends. At most three encodings (simulcast). */
export const rtpParameters = z.object({
  mid: maybe(z.string().min(1).max(8)),
  codecs: z
    .array(z.object({ ...codec, payloadType }))
    .min(1)
    .max(16),
  headerExtensions: maybe(
    z
      .array(z.object({ uri: token, id: uint8.min(1), encrypt: maybe(z.literal(false)), parameters }))
      .max(32)
      .transform(onlyKnown),
  ),
  encodings: z
    .array(
      z.object({
        ssrc: maybe(uint32.min(1)),
        rid: maybe(rid),
        codecPayloadType: maybe(payloadType),
        rtx: maybe(z.object({ ssrc: uint32.min(1) })),
        dtx: maybe(z.boolean()),
        scalabilityMode: maybe(scalabilityMode),
        maxBitrate: maybe(uint32),
      }),
    )
    .min(1)
    .max(3),
  rtcp: maybe(z.object({ cname: maybe(token), reducedSize: maybe(z.boolean()) })),
  msid: maybe(token),
})
