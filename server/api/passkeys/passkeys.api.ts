import { z } from 'zod'
import { Tries } from '#persistence/tries/tries.ts'
import { me } from '#schemas/api/accounts.ts'
import {
  newPasskeyBody,
  passkey,
  passkeyAsked,
  passkeyChange,
  passkeyList,
  passkeyParam,
  passkeySignInAsked,
  passkeySignInBody,
} from '#schemas/api/passkeys.ts'
import { isRefusal } from '#schemas/refusals.ts'
import type { Verified } from '#server/accounts/whoIs.ts'
import { clientAddress } from '#server/http/clientAddress.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import { tooMany } from '#server/http/tooMany.ts'
import { signInWith } from '../accounts/signInWith.ts'
import type { ApiDeps, WithTries } from '../apiDeps.ts'
import { browserOf, namedBrowser } from './browserCookie.ts'

const tag = 'passkeys'
const path = '/api/me/passkeys'
const MINUTE = 60_000

/** Passkeys (A9): the owner's list of them, and signing in with one. Making and removing one want the password again. */
export function passkeysApi(add: AddEndpoint, deps: ApiDeps & WithTries): void {
  const { accounts, clientAddressHeader, rateFactor } = deps
  const { passkeys } = accounts
  const asks = new Tries({ max: 120 * rateFactor, withinMs: MINUTE })
  const making = new Tries({ max: 30 * rateFactor, withinMs: 15 * MINUTE })
  const ownerOf = ({ userId, account, handle, name }: Verified) => ({ userId, account, handle, name })

  add({
    method: 'get',
    path,
    tag,
    summary: 'Whether they are offered here, and which the caller has',
    who: 'user',
    takes: {},
    answers: passkeyList,
    run: ({ caller }) => passkeys.list(caller.userId),
  })
  add({
    method: 'post',
    path: `${path}/begin`,
    tag,
    summary: 'What to ask the browser with for a new passkey',
    who: 'proven',
    takes: {},
    answers: passkeyAsked,
    refuses: ['conflict', 'not_found'],
    run: ({ caller }) => passkeys.begin(ownerOf(caller)),
  })
  add({
    method: 'post',
    path,
    tag,
    summary: "Keeps a new passkey: the browser's answer to `begin`, with a name for it",
    who: 'user',
    takes: { body: newPasskeyBody },
    answers: passkey,
    status: 201,
    refuses: ['bad_credentials', 'taken', 'too_many_tries', 'conflict', 'not_found'],
    async run({ caller, body }) {
      const wait = making.take(caller.userId)
      return wait > 0 ? tooMany(wait) : passkeys.register(ownerOf(caller), body)
    },
  })
  add({
    method: 'patch',
    path: `${path}/{passkey}`,
    tag,
    summary: 'Names it otherwise',
    who: 'user',
    takes: { params: passkeyParam, body: passkeyChange },
    answers: z.object({}),
    refuses: ['not_found'],
    async run({ caller, params, body }) {
      const done = await passkeys.rename(caller.userId, params.passkey, body.name)
      return isRefusal(done) ? done : {}
    },
  })
  add({
    method: 'post',
    path: `${path}/{passkey}/remove`,
    tag,
    summary: 'Removes it; not the only way in',
    who: 'proven',
    takes: { params: passkeyParam },
    answers: z.object({}),
    refuses: ['not_found', 'conflict'],
    async run({ caller, params }) {
      const done = await passkeys.remove(caller.userId, params.passkey)
      return isRefusal(done) ? done : {}
    },
  })
  add({
    method: 'post',
    path: '/api/accounts/sign-in/passkey/begin',
    tag,
    summary: 'What to ask the browser with; its answer counts from the same browser only',
    who: 'anyone',
    takes: {},
    answers: passkeySignInAsked,
    refuses: ['too_many_tries'],
    async run({ c }) {
      if (!passkeys.offered) return { asked: null }
      const wait = asks.take(clientAddress(c, clientAddressHeader))
      if (wait > 0) return tooMany(wait)
      return { asked: await passkeys.beginSignIn(namedBrowser(c, accounts.secure)) }
    },
  })
  add({
    method: 'post',
    path: '/api/accounts/sign-in/passkey',
    tag,
    summary: "Signs in by the browser's answer; the answer to it sets the cookie. No second factor is asked for",
    who: 'anyone',
    takes: { body: passkeySignInBody },
    answers: me,
    refuses: ['bad_credentials', 'too_many_tries'],
    run: ({ c, body }) => signInWith(c, deps, () => passkeys.answer(browserOf(c), body)),
  })
}
