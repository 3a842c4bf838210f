import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import type { EndSessions } from '../endSessions.ts'
import type { NewSession, SignedIn } from '../signIn.ts'
import type { SecondFactor } from './secondFactor.ts'

type Deps = {
  readonly endSessions: EndSessions
  readonly secondFactor: Pick<SecondFactor, 'isOn' | 'challenge'>
}

/**
 * A sign-in of somebody with a second factor gives a challenge and no session: the one that was opened ends before its token
 * has been told to anybody.
 */
export async function withSecondFactor(
  { endSessions, secondFactor }: Deps,
  signIn: () => Promise<SignedIn | Refusal>,
): Promise<NewSession | Refusal> {
  const opened = await signIn()
  if (isRefusal(opened) || !(await secondFactor.isOn(opened.user))) return opened
  await endSessions(opened.user, [opened.session])
  return refuse('second_factor', { challenge: secondFactor.challenge(opened.user, opened.version) })
}
