import { createHash, randomBytes } from 'node:crypto'
import { spendChallenge } from '#persistence/database/passkeys/passkeys.ts'
import type { AccountsDb } from '../accountTables.ts'
import { signed, verified } from '../sessions/signed.ts'

export const CHALLENGE_MS = 10 * 60_000

/** What a challenge is good for, and for whom: the session that makes a passkey, the browser that signs in. */
export type Ceremony = { readonly use: 'register' | 'sign-in'; readonly bound: readonly string[] }

export type ChallengeDeps = {
  readonly db: AccountsDb
  readonly secret: string
  /** Milliseconds. */
  readonly now: () => number
}

/** 32 random bytes, and a ticket by which we know them again. Nothing is stored until they come back. */
export function makeChallenge({ secret, now }: ChallengeDeps, ceremony: Ceremony) {
  const bytes = new Uint8Array(randomBytes(32))
  const text = Buffer.from(bytes).toString('base64url')
  const ticket = signed(secret, 'passkey', [ceremony.use, text, now() + CHALLENGE_MS, hashOf(ceremony)])
  return { bytes, ticket }
}

/**
 * The challenge of a ticket, once: it is used up before anything else is looked at, so neither a right nor a wrong answer can come
 * again. Null if we did not make it for this, if it is over, or if it was here before.
 */
export async function takeChallenge(
  { db, secret, now }: ChallengeDeps,
  ceremony: Ceremony,
  ticket: string,
): Promise<string | null> {
  const [use, challenge, until, bound] = verified(secret, 'passkey', ticket, 4) ?? []
  if (challenge === undefined || use !== ceremony.use || bound !== hashOf(ceremony)) return null
  if (!(Number(until) > now())) return null
  return (await spendChallenge(db, challenge, Number(until))) ? challenge : null
}

const hashOf = ({ bound }: Ceremony) => createHash('sha256').update(JSON.stringify(bound)).digest('base64url')
