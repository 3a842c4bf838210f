import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import type { EndSessions } from '../endSessions.ts'
import type { NewSession } from '../signIn.ts'
import type { WhoIs } from '../whoIs.ts'
import type { SecondFactor } from './secondFactor.ts'

type Deps = {
  readonly whoIs: WhoIs
  readonly endSessions: EndSessions
  readonly secondFactor: Pick<SecondFactor, 'isOn' | 'challenge'>
}

/**
 * A sign-in of somebody with a second factor gives a challenge and no session: the one that was opened ends before its token
 * has been told to anybody.
 */
export async function withSecondFactor(
  { whoIs, endSessions, secondFactor }: Deps,
  signIn: () => Promise<NewSession | Refusal>,
): Promise<NewSession | Refusal> {
  const session = await signIn()
  if (isRefusal(session)) return session
  const who = await whoIs(session.cookies.map((cookie) => cookie.split(';')[0]).join('; '))
  if (!who || !(await secondFactor.isOn(who.userId))) return session
  await endSessions(who.userId, [who.account])
  return refuse('second_factor', { challenge: secondFactor.challenge(who.userId) })
}
