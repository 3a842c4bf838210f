import type { Passkey, PasskeyAsked, PasskeyList } from '#schemas/api/passkeys.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import type { SessionView, StudyHub } from './types.ts'

const base = '/api/me/passkeys'
const door = '/api/accounts/sign-in/passkey'
const proof = (password: string) => (password === '' ? {} : { password })

/** What a browser answers to being asked, in the JSON form of the Web Authentication standard. */
export type PasskeyAnswer = { readonly id: string; readonly response: object }

export const passkeys = ({ api }: StudyHub): Promise<PasskeyList | Refusal> => api.get(base)

/** What to ask the browser with for a new one. An empty password will do from a session of the last ten minutes. */
export const beginPasskey = ({ api }: StudyHub, password: string): Promise<PasskeyAsked | Refusal> =>
  api.send('POST', `${base}/begin`, proof(password))

export const keepPasskey = (
  { api }: StudyHub,
  ticket: string,
  credential: PasskeyAnswer,
  name: string,
): Promise<Passkey | Refusal> => api.send('POST', base, { ticket, name, credential })

export const renamePasskey = ({ api }: StudyHub, id: string, name: string): Promise<object | Refusal> =>
  api.send('PATCH', `${base}/${id}`, { name })

export const removePasskey = ({ api }: StudyHub, id: string, password: string): Promise<object | Refusal> =>
  api.send('POST', `${base}/${id}/remove`, proof(password))

/** What to ask the browser with to sign in; null where passkeys are not offered. */
export async function beginPasskeySignIn({ api }: StudyHub): Promise<PasskeyAsked | null | Refusal> {
  const answer = await api.send<{ asked: PasskeyAsked | null }>('POST', `${door}/begin`, {})
  return isRefusal(answer) ? answer : answer.asked
}

export async function signInByPasskey(
  hub: StudyHub,
  ticket: string,
  credential: PasskeyAnswer,
): Promise<SessionView | Refusal> {
  const answer = await hub.api.send('POST', door, { ticket, credential })
  return isRefusal(answer) ? answer : hub.refreshSession()
}
