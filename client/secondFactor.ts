import type { SecondFactorView } from '#schemas/api/secondFactor.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import type { SessionView, StudyHub } from './types.ts'

const base = '/api/me/second-factor'
const proof = (password: string) => (password === '' ? {} : { password })

export const secondFactorView = ({ api }: StudyHub): Promise<SecondFactorView | Refusal> => api.get(base)

/** A secret for the app. Here and below an empty password will do from a session of the last ten minutes. */
export const beginSecondFactor = (
  { api }: StudyHub,
  password: string,
): Promise<{ uri: string; secret: string } | Refusal> => api.send('POST', `${base}/begin`, proof(password))

/** The first code turns it on; the recovery codes are told this once. */
export const confirmSecondFactor = ({ api }: StudyHub, code: string): Promise<{ recoveryCodes: string[] } | Refusal> =>
  api.send('POST', `${base}/confirm`, { code })

export const renewRecoveryCodes = (
  { api }: StudyHub,
  password: string,
): Promise<{ recoveryCodes: string[] } | Refusal> => api.send('POST', `${base}/recovery-codes`, proof(password))

export const turnOffSecondFactor = ({ api }: StudyHub, password: string): Promise<object | Refusal> =>
  api.send('POST', `${base}/off`, proof(password))

/** The second step of a sign-in that was refused as `second_factor`; the challenge is in that refusal's details. */
export async function answerChallenge(hub: StudyHub, challenge: string, code: string): Promise<SessionView | Refusal> {
  const answer = await hub.api.send('POST', '/api/accounts/sign-in/second-factor', { challenge, code })
  return isRefusal(answer) ? answer : hub.refreshSession()
}
