import type { Me } from '#schemas/api/accounts.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import type { Proven } from '#server/accounts/sessions/openSession.ts'
import type { ApiContext } from '#server/http/apiEnv.ts'
import { tooMany } from '#server/http/tooMany.ts'
import type { ApiDeps, WithTries } from '../apiDeps.ts'
import { fromOf, setCookies } from './sessionOf.ts'

/** Signs in whoever `prove` says it is, and sets the cookie. A proof that fails counts as a try of the address it came from. */
export async function signInWith(
  c: ApiContext,
  { accounts, accountTries, clientAddressHeader }: ApiDeps & WithTries,
  prove: () => Promise<Proven | Refusal>,
): Promise<Me | Refusal> {
  const from = fromOf(c, clientAddressHeader)
  const wait = await accountTries.signInByAddress.take(from.address)
  if (wait > 0) return tooMany(wait)
  const who = await prove()
  if (isRefusal(who)) return who
  const session = await accounts.openSession(who, from)
  if (isRefusal(session)) return session
  await accountTries.signInByAddress.refund(from.address)
  setCookies(c, session)
  return accounts.me(who.user)
}
