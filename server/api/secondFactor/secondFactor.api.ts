import { z } from 'zod'
import { me } from '#schemas/api/accounts.ts'
import {
  challengeBody,
  codeBody,
  recoveryCodes,
  secondFactorSecret,
  secondFactorView,
} from '#schemas/api/secondFactor.ts'
import { isRefusal } from '#schemas/refusals.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import { signInWith } from '../accounts/signInWith.ts'
import type { ApiDeps, WithTries } from '../apiDeps.ts'

const tag = 'second factor'
const path = '/api/me/second-factor'

/** The authenticator app (A9): setting it up, and its code at sign-in. Each change wants the password again. */
export function secondFactorApi(add: AddEndpoint, deps: ApiDeps & WithTries): void {
  const { secondFactor } = deps.accounts
  const codesOf = (codes: readonly string[]) => ({ recoveryCodes: [...codes] })

  add({
    method: 'get',
    path,
    tag,
    summary: 'Whether it is offered here, and on',
    who: 'user',
    takes: {},
    answers: secondFactorView,
    run: ({ caller }) => secondFactor.view(caller.userId),
  })
  add({
    method: 'post',
    path: `${path}/begin`,
    tag,
    summary: 'A secret for the app; it is on after `confirm`',
    who: 'proven',
    takes: {},
    answers: secondFactorSecret,
    refuses: ['conflict', 'not_found'],
    run: ({ caller }) => secondFactor.begin(caller.userId, caller.handle),
  })
  add({
    method: 'post',
    path: `${path}/confirm`,
    tag,
    summary: 'The first code turns it on; answers the recovery codes, this once',
    who: 'user',
    takes: { body: codeBody },
    answers: recoveryCodes,
    refuses: ['bad_credentials', 'too_many_tries', 'conflict'],
    async run({ caller, body }) {
      const codes = await secondFactor.confirm(caller.userId, body.code)
      return isRefusal(codes) ? codes : codesOf(codes)
    },
  })
  add({
    method: 'post',
    path: `${path}/recovery-codes`,
    tag,
    summary: 'New recovery codes in place of the old ones',
    who: 'proven',
    takes: {},
    answers: recoveryCodes,
    refuses: ['conflict'],
    async run({ caller }) {
      const codes = await secondFactor.renewCodes(caller.userId)
      return isRefusal(codes) ? codes : codesOf(codes)
    },
  })
  add({
    method: 'post',
    path: `${path}/off`,
    tag,
    summary: 'Turns it off',
    who: 'proven',
    takes: {},
    answers: z.object({}),
    async run({ caller }) {
      await secondFactor.turnOff(caller.userId)
      return {}
    },
  })
  add({
    method: 'post',
    path: '/api/accounts/sign-in/second-factor',
    tag,
    summary: 'The second step of a sign-in: the code for a challenge; the answer sets the cookie',
    who: 'anyone',
    takes: { body: challengeBody },
    answers: me,
    refuses: ['bad_credentials', 'too_many_tries'],
    run: ({ c, body }) => signInWith(c, deps, () => secondFactor.answer(body.challenge, body.code)),
  })
}
