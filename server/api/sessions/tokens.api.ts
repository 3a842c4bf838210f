import { Tries } from '#persistence/tries/tries.ts'
import { refreshBody, tokenBody, tokenPair } from '#schemas/api/sessions.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import type { From, NewSession } from '#server/accounts/signIn.ts'
import { clientAddress } from '#server/http/clientAddress.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import { tooMany } from '#server/http/tooMany.ts'
import { refundSignIn, takeSignIn } from '../accounts/accountTries.ts'
import type { ApiDeps, WithTries } from '../apiDeps.ts'

const tag = 'sessions'

/** Bearer tokens for clients without cookies (A2). The web never gets one: its cookie cannot be read by scripts. */
export function tokensApi(
  add: AddEndpoint,
  { accounts, accountTries, clientAddressHeader, rateFactor }: ApiDeps & WithTries,
): void {
  const refreshes = new Tries({ max: 120 * rateFactor, withinMs: 60_000 })

  /** With a second factor the code comes in the same request: programs have no second page to show. */
  async function withCode(first: NewSession | Refusal, code: string | undefined, from: From) {
    if (!isRefusal(first) || first.refused !== 'second_factor' || code === undefined) return first
    const who = await accounts.secondFactor.answer(String(first.details?.['challenge']), code)
    return isRefusal(who) ? who : accounts.openSession(who, from)
  }

  add({
    method: 'post',
    path: '/api/accounts/tokens',
    tag,
    summary: 'Opens a session for a client without cookies; signing out ends it',
    who: 'anyone',
    takes: { body: tokenBody },
    answers: tokenPair,
    status: 201,
    refuses: ['bad_credentials', 'second_factor', 'too_many_tries'],
    async run({ c, body }) {
      const address = clientAddress(c, clientAddressHeader)
      const wait = await takeSignIn(accountTries, address, body.email)
      if (wait > 0) return tooMany(wait)
      const userAgent = body.device ?? c.req.header('user-agent') ?? ''
      const first = await accounts.signIn(body, { address, userAgent })
      const session = await withCode(first, body.code, { address, userAgent })
      if (isRefusal(session)) return session
      const who = await accounts.whoIs(session.cookies.map((cookie) => cookie.split(';')[0]).join('; '))
      if (!who) return refuse('bad_credentials')
      await refundSignIn(accountTries, address, body.email)
      // The session's cookie stays here: this client has nothing but the tokens.
      return accounts.tokens.open(who.userId, who.account)
    },
  })

  add({
    method: 'post',
    path: '/api/accounts/tokens/refresh',
    tag,
    summary: 'The next pair of tokens; a refresh token that comes a second time ends the session',
    who: 'anyone',
    takes: { body: refreshBody },
    answers: tokenPair,
    refuses: ['unauthenticated', 'too_many_tries'],
    async run({ c, body }) {
      const wait = refreshes.take(clientAddress(c, clientAddressHeader))
      return wait > 0 ? tooMany(wait) : accounts.tokens.refresh(body.refreshToken)
    },
  })
}
