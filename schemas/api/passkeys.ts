import { z } from 'zod'
import { line } from '../text.ts'

/** One of the caller's passkeys. */
export const passkey = z.object({
  id: z.string(),
  name: z.string(),
  /** Copied between devices by its provider. */
  synced: z.boolean(),
  createdAt: z.int(),
  usedAt: z.int().nullable(),
})
export type Passkey = z.infer<typeof passkey>
export const passkeyList = z.object({
  /** They can be made and used here (a setting of the server). */
  offered: z.boolean(),
  passkeys: z.array(passkey),
})
export type PasskeyList = z.infer<typeof passkeyList>

export const passkeyName = line(1, 40)
export const passkeyParam = z.object({ passkey: z.string().regex(/^[0-9a-f]{64}$/) })
export const passkeyChange = z.object({ name: passkeyName })

/**
 * What a browser is asked with, in the JSON form of the Web Authentication standard, and the ticket that has to come back with
 * its answer: for ten minutes, once, from the same session (to make one) or the same browser (to sign in).
 */
export const passkeyAsked = z.object({
  options: z.looseObject({ challenge: z.string() }),
  ticket: z.string(),
})
export type PasskeyAsked = z.infer<typeof passkeyAsked>

/** What a sign-in is asked with; null where passkeys are not offered. */
export const passkeySignInAsked = z.object({ asked: passkeyAsked.nullable() })

const ticket = z.string().min(1).max(400)
const bytes = (max: number) =>
  z
    .string()
    .min(1)
    .max(Math.ceil((max * 4) / 3))
    .regex(/^[A-Za-z0-9_-]+$/)
const credential = { id: bytes(1023), rawId: bytes(1023), type: z.literal('public-key') }

/** A browser's answer to being asked for a new passkey. */
export const newPasskeyBody = z.object({
  ticket,
  name: passkeyName,
  credential: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: bytes(8192),
      attestationObject: bytes(16_384),
      transports: z
        .array(z.string().regex(/^[a-z-]{1,16}$/))
        .max(8)
        .default([]),
    }),
  }),
})

/** A browser's answer to being asked for a passkey to sign in with. */
export const passkeySignInBody = z.object({
  ticket,
  credential: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: bytes(8192),
      authenticatorData: bytes(4096),
      signature: bytes(4096),
      userHandle: bytes(64).optional(),
    }),
  }),
})
