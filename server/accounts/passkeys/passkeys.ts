import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { inTransaction } from '#persistence/database/inTransaction.ts'
import * as kept from '#persistence/database/passkeys/passkeys.ts'
import type { newPasskeyBody, Passkey, PasskeyAsked, PasskeyList, passkeySignInBody } from '#schemas/api/passkeys.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { RelyingParty } from '#server/config/relyingParty.ts'
import type { AccountsDb } from '../accountTables.ts'
import type { Proven } from '../sessions/openSession.ts'
import { lockAccount, type Offered, onlyWay } from '../waysIn.ts'
import { type Ceremony, CHALLENGE_MS, makeChallenge, takeChallenge } from './challenges.ts'
import { ALGORITHMS, checkedNew, checkedUse, webAuthn } from './checked.ts'

/** A person's passkeys at most: none needs more, and the list of known ones goes to the browser. */
export const PASSKEYS = 20

export type Owner = {
  readonly userId: string
  readonly account: string
  readonly handle: string
  readonly name: string
}

/** Passkeys (A9): made by their owner, signing him in without a password and without a second code (decision 007). */
export interface Passkeys {
  readonly offered: boolean
  list(user: string): Promise<PasskeyList>
  /** What to ask the browser with. `not_found`: not offered here; `conflict`: he has as many as he may. */
  begin(owner: Owner): Promise<PasskeyAsked | Refusal>
  /** `bad_credentials`: not an answer to what this session was asked; `taken`: the passkey is known already. */
  register(owner: Owner, body: z.output<typeof newPasskeyBody>): Promise<Passkey | Refusal>
  rename(user: string, id: string, name: string): Promise<'renamed' | Refusal>
  /** `conflict`: it is the only way in. */
  remove(user: string, id: string): Promise<'removed' | Refusal>
  /** What to ask a browser with that signs in; `browser` is what its answer has to come with. Null: not offered here. */
  beginSignIn(browser: string): Promise<PasskeyAsked | null>
  /** Who answers rightly. Every failure is the same refusal. */
  answer(browser: string, body: z.output<typeof passkeySignInBody>): Promise<Proven | Refusal>
}

export type PasskeysDeps = {
  readonly db: AccountsDb
  readonly secret: string
  readonly party: RelyingParty | null
  readonly offered: Offered
  /** A passkey was added to this account. */
  readonly added: (user: string) => void
  /** A passkey came with a count that did not rise: there may be a copy of it. */
  readonly copied: (user: string, passkey: string) => void
  /** Milliseconds. */
  readonly now: () => number
}

const idOf = (credential: string) => createHash('sha256').update(credential).digest('hex')
const shown = (row: kept.PasskeyRow): Passkey => ({
  ...{ id: row.id, name: row.name, synced: row.synced === 1, createdAt: Number(row.created_at) },
  usedAt: row.used_at === null ? null : Number(row.used_at),
})
const making = (owner: Owner): Ceremony => ({ use: 'register', bound: [owner.userId, owner.account] })
const signingIn = (browser: string): Ceremony => ({ use: 'sign-in', bound: [browser] })

export function createPasskeys(deps: PasskeysDeps): Passkeys {
  const { db, party, now } = deps
  return {
    offered: party !== null,
    async list(user) {
      return { offered: party !== null, passkeys: (await kept.passkeysOf(db, user)).map(shown) }
    },
    async begin(owner) {
      if (!party) return refuse('not_found')
      const known = await kept.passkeysOf(db, owner.userId)
      if (known.length >= PASSKEYS) return refuse('conflict')
      const { bytes, ticket } = makeChallenge(deps, making(owner))
      const { generateRegistrationOptions } = await webAuthn()
      const options = await generateRegistrationOptions({
        ...{ rpName: 'StudyHub', rpID: party.id, challenge: bytes, timeout: CHALLENGE_MS, attestationType: 'none' },
        userID: new TextEncoder().encode(owner.userId),
        userName: owner.handle,
        userDisplayName: owner.name,
        excludeCredentials: known.map((row) => ({ id: row.credential_id, transports: JSON.parse(row.transports) })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        supportedAlgorithmIDs: ALGORITHMS,
      })
      return { options: { ...options }, ticket }
    },
    async register(owner, { ticket, name, credential }) {
      if (!party) return refuse('not_found')
      const challenge = await takeChallenge(deps, making(owner), ticket)
      const made = challenge && (await checkedNew({ party, challenge }, credential))
      if (!made) return refuse('bad_credentials')
      const row = {
        ...{ id: idOf(made.id), user_id: owner.userId, name, credential_id: made.id, public_key: made.publicKey },
        ...{ counter: made.counter, transports: JSON.stringify(credential.response.transports) },
        ...{ synced: made.synced ? 1 : 0, created_at: now(), used_at: null },
      }
      const refused = await inTransaction(db, async (trx) => {
        await lockAccount(trx, owner.userId)
        if ((await kept.passkeysOf(trx, owner.userId)).length >= PASSKEYS) return refuse('conflict')
        return (await kept.keepPasskey(trx, row)) ? null : refuse('taken')
      })
      if (refused) return refused
      deps.added(owner.userId)
      return shown(row)
    },
    async rename(user, id, name) {
      return (await kept.namePasskey(db, user, id, name)) ? 'renamed' : refuse('not_found')
    },
    remove: (user, id) =>
      inTransaction(db, async (trx) => {
        const mine = (await kept.passkeysOf(trx, user)).some((row) => row.id === id)
        if (!mine) return refuse('not_found')
        if (await onlyWay(trx, user, deps.offered, { passkey: id })) return refuse('conflict')
        await kept.removePasskey(trx, user, id)
        return 'removed' as const
      }),
    async beginSignIn(browser) {
      if (!party) return null
      const { bytes, ticket } = makeChallenge(deps, signingIn(browser))
      const { generateAuthenticationOptions } = await webAuthn()
      const ask = { rpID: party.id, challenge: bytes, timeout: CHALLENGE_MS, userVerification: 'required' } as const
      return { options: { ...(await generateAuthenticationOptions(ask)) }, ticket }
    },
    async answer(browser, { ticket, credential }) {
      const challenge = party && (await takeChallenge(deps, signingIn(browser), ticket))
      const row = challenge ? await kept.passkeyById(db, idOf(credential.id)) : null
      if (!party || !challenge || !row) return refuse('bad_credentials')
      const { userHandle } = credential.response
      // A discoverable credential says whose it is; ours always do.
      const his = userHandle !== undefined && Buffer.from(userHandle, 'base64url').toString() === row.user_id
      const used = his ? await checkedUse({ party, challenge }, row, credential) : null
      if (!used) return refuse('bad_credentials')
      if (!(await kept.notePasskeyUse(db, row.id, { ...used, at: now() }))) {
        deps.copied(row.user_id, row.id)
        return refuse('bad_credentials')
      }
      return { user: row.user_id, still: async () => (await kept.passkeyById(db, row.id)) !== null }
    },
  }
}
