import { z } from 'zod'
import { maybe } from './rtpCodec.ts'

/**
 * mediasoup checks only a part of what it is given: it throws of many kinds on some of it, and takes other garbage as it is (a
 * fingerprint that is an object counts as connected). So all that comes from outside is read here first, type by type.
 */
export const dtlsParameters = z.object({
  role: maybe(z.enum(['auto', 'client', 'server'])),
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z.string().regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){19,63}$/),
      }),
    )
    .min(1)
    .max(8),
})
