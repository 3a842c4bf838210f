import { z } from 'zod'
import { availableAnswer, availableQuery, me, signInBody, signUpBody } from '#schemas/api/accounts.ts'
import { isRefusal, refuse } from '#schemas/refusals.ts'
import { clearedSessionCookie } from '#server/accounts/sessionCookie.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import { tooMany } from '#server/http/tooMany.ts'
import type { ApiDeps, WithTries } from '../apiDeps.ts'
import { refundSignIn, takeSignIn } from './accountTries.ts'
import { fromOf, setCookies } from './sessionOf.ts'
import { withGuess } from './withGuess.ts'

const tag = 'accounts'

/** Sign-up, sign-in, sign-out, and availability (A1). */
export function accountsApi(
  add: AddEndpoint,
  { accounts, clientAddressHeader, accountTries: tries, codeTries }: ApiDeps & WithTries,
): void {
  add({
    method: 'post',
    path: '/api/accounts/sign-up',
    tag,
    summary: 'Creates an account with the code that was mailed, and signs in',
    who: 'anyone',
    takes: { body: signUpBody },
    answers: me,
    status: 201,
    refuses: ['taken', 'bad_code', 'too_many_tries'],
    async run({ c, body }) {
      const origin = fromOf(c, clientAddressHeader)
      const wait = await tries.signUpByAddress.take(origin.address)
      if (wait > 0) return tooMany(wait)
      const guess = { email: body.email, address: origin.address }
      const made = await withGuess(codeTries, guess, () => accounts.signUp(body, origin))
      if (isRefusal(made)) {
        await tries.signUpByAddress.refund(origin.address)
        return made
      }
      setCookies(c, made)
      return accounts.me(made.userId)
    },
  })

  add({
    method: 'post',
    path: '/api/accounts/sign-in',
    tag,
    summary: 'Opens a session; the answer sets its cookie',
    who: 'anyone',
    takes: { body: signInBody },
    answers: me,
    refuses: ['bad_credentials', 'second_factor', 'too_many_tries'],
    async run({ c, body }) {
      const origin = fromOf(c, clientAddressHeader)
      const wait = await takeSignIn(tries, origin.address, body.email)
      if (wait > 0) return tooMany(wait)
      const session = await accounts.signIn(body, origin)
      if (isRefusal(session)) {
        // Here too the password was right.
        if (session.refused === 'second_factor') await refundSignIn(tries, origin.address, body.email)
        return session
      }
      await refundSignIn(tries, origin.address, body.email)
      const who = await accounts.whoIs(session.cookies.map((cookie) => cookie.split(';')[0]).join('; '))
      // An account without a profile cannot come about by us: it is no account.
      if (!who) return refuse('bad_credentials')
      setCookies(c, session)
      return accounts.me(who.userId)
    },
  })

  add({
    method: 'post',
    path: '/api/accounts/sign-out',
    tag,
    summary: 'Ends this session everywhere: HTTP and sockets; harmless when signed out already',
    who: 'anyone',
    takes: {},
    answers: z.object({}),
    async run({ c, caller }) {
      if (caller) await accounts.endSessions(caller.userId, [caller.account])
      c.header('set-cookie', clearedSessionCookie(accounts.secure), { append: true })
      return {}
    },
  })

  add({
    method: 'get',
    path: '/api/accounts/available',
    tag,
    summary: 'Whether a handle is free',
    who: 'anyone',
    takes: { query: availableQuery },
    answers: availableAnswer,
    refuses: ['too_many_tries'],
    async run({ c, query }) {
      const wait = await tries.availableByAddress.take(fromOf(c, clientAddressHeader).address)
      return wait > 0 ? tooMany(wait) : { available: await accounts.available(query.handle) }
    },
  })
}
