import { z } from 'zod'

/**
 * What every event of the log carries. `key` is the ordering key (a place, a conversation or a user); `seq` is dense per
 * key and given by the ledger; `epoch` is the owner's at the append (0 for posts without an actor). `at` is milliseconds
 * of the ledger's clock. `version` is the form of `data`, so that readers of two releases can live side by side.
 */
export const envelopeSchema = z.object({
  id: z.string(),
  type: z.string(),
  version: z.int().min(1),
  key: z.string(),
  epoch: z.int().min(0),
  seq: z.int().min(1),
  at: z.int(),
  actor: z.string().nullable(),
  data: z.unknown(),
})

/** A committed event as the log delivers it; `data` is not yet checked against its type's schema. */
export type Envelope = Omit<z.infer<typeof envelopeSchema>, 'data'> & { readonly data: unknown }

/** An event before the ledger has numbered it. */
export type Draft = Omit<Envelope, 'seq' | 'epoch' | 'key'>

/** Largest event the ledger takes, in bytes of UTF-8 JSON; rooms check it before they append. */
export const MAX_EVENT_BYTES = 128 * 1024
