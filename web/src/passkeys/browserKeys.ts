import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { PasskeyAnswer } from '#client/passkeys.ts'
import type { PasskeyAsked } from '#schemas/api/passkeys.ts'

// The library comes when a passkey is really asked for: most pages do without it.
let loaded: Promise<typeof import('@simplewebauthn/browser')> | undefined
function library() {
  loaded ??= import('@simplewebauthn/browser')
  return loaded
}

/** Why a browser gave no passkey, as far as a person can do something about it; `null`: he has closed the dialog himself. */
export type Missed = 'known' | 'otherAddress' | 'failed' | null

export const canUsePasskeys = (): boolean => typeof window.PublicKeyCredential === 'function'

/** Whether passkeys for this name can be used on this page. */
export const belongsHere = (rpId: unknown): boolean =>
  typeof rpId === 'string' && (location.hostname === rpId || location.hostname.endsWith(`.${rpId}`))

function missed(error: unknown): { missed: Missed } {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'AbortError') return { missed: null }
  if (name === 'InvalidStateError') return { missed: 'known' }
  return { missed: name === 'SecurityError' ? 'otherAddress' : 'failed' }
}

/** Asks for a new passkey; the browser shows its own dialog. */
export async function makeKey({ options }: PasskeyAsked): Promise<PasskeyAnswer | { missed: Missed }> {
  const { startRegistration } = await library()
  // The server's library made them by the standard; our schema leaves their fields to the browser.
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON
  return startRegistration({ optionsJSON }).catch(missed)
}

/** Asks for a passkey to sign in with: in the browser's dialog, or quietly in the list under the address field. */
export async function askKey({ options }: PasskeyAsked, quietly: boolean): Promise<PasskeyAnswer | { missed: Missed }> {
  const { browserSupportsWebAuthnAutofill, startAuthentication } = await library()
  if (quietly && !(await browserSupportsWebAuthnAutofill())) return { missed: null }
  // As above.
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON
  return startAuthentication({ optionsJSON, useBrowserAutofill: quietly }).catch(missed)
}

/** Ends what is asked, for example when the page is left. */
export async function stopAsking(): Promise<void> {
  const used = await loaded
  used?.WebAuthnAbortService.cancelCeremony()
}

const devices = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
] as const
/** A first name for a passkey that is made here. */
export const thisDevice = () => devices.find(([is]) => is.test(navigator.userAgent))?.[1] ?? 'other'
