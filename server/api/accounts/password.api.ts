import { z } from 'zod'
import { passwordBody, resetBody } from '#schemas/api/accounts.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { clientAddress } from '#server/http/clientAddress.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import { tooMany } from '#server/http/tooMany.ts'
import type { ApiDeps, WithTries } from '../apiDeps.ts'
import { withGuess } from './withGuess.ts'

const tag = 'accounts'

/** Forgotten and changed passwords (A1, A3). */
export function passwordApi(
  add: AddEndpoint,
  { accounts, codeTries: tries, clientAddressHeader }: ApiDeps & WithTries,
): void {
  add({
    method: 'post',
    path: '/api/accounts/reset',
    tag,
    summary: 'Sets a new password with the code that was mailed; ends all sessions, opens none',
    who: 'anyone',
    takes: { body: resetBody },
    answers: z.object({}),
    refuses: ['bad_code', 'too_many_tries'],
    run: ({ c, body }) =>
      withGuess(tries, { email: body.email, address: clientAddress(c, clientAddressHeader) }, () =>
        accounts.resetPassword(body),
      ),
  })

  add({
    method: 'post',
    path: '/api/accounts/password',
    tag,
    summary: 'Changes the password; ends all other sessions',
    who: 'user',
    takes: { body: passwordBody },
    answers: z.object({}),
    refuses: ['wrong_password', 'too_many_tries'],
    async run({ caller, body }) {
      const wait = await tries.changeByUser.take(caller.userId)
      if (wait > 0) return tooMany(wait)
      const answer = await accounts.changePassword({ userId: caller.userId, session: caller.account }, body)
      if (!isRefusal(answer)) await tries.changeByUser.refund(caller.userId)
      return answer
    },
  })
}
