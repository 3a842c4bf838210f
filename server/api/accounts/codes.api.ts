import { codeAnswer, codeBody } from '#schemas/api/accounts.ts'
import { CODE_MINUTES } from '#server/accounts/codes/code.ts'
import { clientAddress } from '#server/http/clientAddress.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import { tooMany } from '#server/http/tooMany.ts'
import type { ApiDeps, WithTries } from '../apiDeps.ts'
import { AGAIN_MS } from './codeTries.ts'

/** Codes by e-mail for sign-up and reset (A3). */
export function codesApi(
  add: AddEndpoint,
  { accounts, codeTries: tries, clientAddressHeader, mailFolder }: ApiDeps & WithTries,
): void {
  add({
    method: 'post',
    path: '/api/accounts/codes',
    tag: 'accounts',
    summary: 'Mails a code for sign-up or reset; the answer is the same for every address',
    who: 'anyone',
    takes: { body: codeBody },
    answers: codeAnswer,
    refuses: ['too_many_tries'],
    async run({ c, body: { email, purpose, locale } }) {
      const key = `${purpose} ${email}`
      const wait =
        (await tries.askByAddress.take(clientAddress(c, clientAddressHeader))) ||
        (await tries.askByEmailSoon.take(key)) ||
        (await tries.askByEmail.take(key))
      if (wait > 0) return tooMany(wait)
      await accounts.requestCode({ purpose, address: email }, locale)
      return { expiresInMs: CODE_MINUTES * 60_000, againInMs: AGAIN_MS, ...(mailFolder ? { mailFolder } : {}) }
    },
  })
}
