import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { z } from 'zod'
import type { PasskeyRow } from '#persistence/database/passkeys/passkeys.ts'
import type { newPasskeyBody, passkeySignInBody } from '#schemas/api/passkeys.ts'
import type { RelyingParty } from '#server/config/relyingParty.ts'

/** EdDSA, ES256, RS256: what authenticators in use have. Their keys fit our column. */
export const ALGORITHMS = [-8, -7, -257]

// Loaded when it is first needed: most servers offer no passkeys.
export const webAuthn = () => import('@simplewebauthn/server')

type Expected = { readonly party: RelyingParty; readonly challenge: string }
const expectations = ({ party, challenge }: Expected) => ({
  expectedChallenge: challenge,
  expectedOrigin: [...party.origins],
  expectedRPID: party.id,
  requireUserVerification: true,
})

/** The new credential, if a device of the person made it for this challenge and has verified the person; else null. */
export async function checkedNew(expected: Expected, credential: z.output<typeof newPasskeyBody>['credential']) {
  const { verifyRegistrationResponse } = await webAuthn()
  const response: RegistrationResponseJSON = { ...credential, clientExtensionResults: {} }
  const check = { ...expectations(expected), response, supportedAlgorithmIDs: ALGORITHMS }
  const { registrationInfo } = await verifyRegistrationResponse(check).catch(unproven)
  if (!registrationInfo) return null
  const { id, publicKey, counter } = registrationInfo.credential
  return { id, counter, publicKey: Buffer.from(publicKey).toString('base64url'), ...syncedOf(registrationInfo) }
}

/** What the device says of this use, if the passkey signed this challenge and it has verified the person; else null. */
export async function checkedUse(
  expected: Expected,
  known: PasskeyRow,
  credential: z.output<typeof passkeySignInBody>['credential'],
) {
  const { verifyAuthenticationResponse } = await webAuthn()
  const { userHandle, ...signature } = credential.response
  const response: AuthenticationResponseJSON = {
    ...credential,
    clientExtensionResults: {},
    response: { ...signature, ...(userHandle === undefined ? {} : { userHandle }) },
  }
  const publicKey = new Uint8Array(Buffer.from(known.public_key, 'base64url'))
  // The count is compared where it is stored, so that of two answers at once one counts.
  const kept = { id: known.credential_id, publicKey, counter: 0 }
  const check = { ...expectations(expected), response, credential: kept }
  const { verified, authenticationInfo } = await verifyAuthenticationResponse(check).catch(unproven)
  if (!verified || !authenticationInfo) return null
  return { counter: authenticationInfo.newCounter, ...syncedOf(authenticationInfo) }
}

// The library throws for what is wrong with an answer; nobody is told what it was.
const unproven = () => ({ verified: false as const, registrationInfo: undefined, authenticationInfo: undefined })
const syncedOf = ({ credentialBackedUp }: { credentialBackedUp: boolean }) => ({ synced: credentialBackedUp })
