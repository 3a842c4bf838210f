import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { Tries } from '#persistence/tries/tries.ts'
import { errorBody } from '#schemas/api/errors.ts'
import { began, beginBody, linkedWays, providerParam, providers } from '#schemas/api/social.ts'
import { isRefusal, refuse } from '#schemas/refusals.ts'
import type { ApiEnv } from '#server/http/apiEnv.ts'
import { clientAddress } from '#server/http/clientAddress.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import { refusedAnswer } from '#server/http/envelope.ts'
import { tooMany } from '#server/http/tooMany.ts'
import { fromOf, setCookies } from '../accounts/sessionOf.ts'
import type { ApiDeps } from '../apiDeps.ts'

const tag = 'providers'

/** Sign-in by Google, Kakao, Naver or an OpenID provider, each off until it is set up (A9). */
export function socialApi(add: AddEndpoint, { accounts, clientAddressHeader, rateFactor }: ApiDeps): void {
  const { social } = accounts
  const begins = new Tries({ max: 60 * rateFactor, withinMs: 60_000 })

  add({
    method: 'get',
    path: '/api/accounts/providers',
    tag,
    summary: 'The providers that are set up here',
    who: 'anyone',
    takes: {},
    answers: providers,
    run: async () => ({ providers: [...social.providers] as z.infer<typeof providers>['providers'] }),
  })
  add({
    method: 'post',
    path: '/api/accounts/providers/{provider}/begin',
    tag,
    summary: 'Where to send the browser; its answer comes to the callback',
    who: 'anyone',
    takes: { params: providerParam, body: beginBody },
    answers: began,
    refuses: ['not_found', 'too_many_tries'],
    async run({ c, params, body }) {
      const wait = begins.take(clientAddress(c, clientAddressHeader))
      if (wait > 0) return tooMany(wait)
      const begun = await social.begin(params.provider, body.next)
      if (isRefusal(begun)) return begun
      setCookies(c, begun)
      return { url: begun.url }
    },
  })
  add({
    method: 'get',
    path: '/api/me/providers',
    tag,
    summary: "The caller's linked providers",
    who: 'user',
    takes: {},
    answers: linkedWays,
    async run({ caller }) {
      const ways = await social.ways(caller.userId)
      const passkeys = accounts.passkeys.offered ? (await accounts.passkeys.list(caller.userId)).passkeys.length : 0
      return { linked: ways.filter((way) => way !== 'credential'), password: ways.includes('credential'), passkeys }
    },
  })
  add({
    method: 'post',
    path: '/api/me/providers/{provider}/link',
    tag,
    summary: 'Where to send the browser to link the provider to this account; wants the password again',
    who: 'proven',
    takes: { params: providerParam },
    answers: began,
    refuses: ['not_found', 'forbidden'],
    async run({ c, params }) {
      const begun = await social.beginLink(params.provider, c.req.header('cookie') ?? '')
      if (isRefusal(begun)) return begun
      setCookies(c, begun)
      return { url: begun.url }
    },
  })
  add({
    method: 'delete',
    path: '/api/me/providers/{provider}',
    tag,
    summary: 'Unlinks a provider; not the only way in',
    who: 'user',
    takes: { params: providerParam },
    answers: z.object({}),
    refuses: ['not_found', 'conflict'],
    async run({ caller, params }) {
      const done = await social.unlink(caller.userId, params.provider)
      return isRefusal(done) ? done : {}
    },
  })
}

/** Where providers send the browser back to: the one address of the API that answers with a redirect. */
export function socialCallback(app: OpenAPIHono<ApiEnv>, { accounts, clientAddressHeader }: ApiDeps): void {
  const path = '/api/accounts/callback/{provider}'
  app.openAPIRegistry.registerPath({
    method: 'get',
    path,
    tags: [tag],
    summary: "A provider's answer; leads on into the web client, signed in or told why not",
    request: { params: providerParam },
    responses: {
      302: { description: 'Leads on' },
      404: { description: 'not_found', content: { 'application/json': { schema: errorBody } } },
    },
  })
  app.get(path.replace('{provider}', ':provider'), async (c) => {
    const provider = c.req.param('provider') ?? ''
    if (!accounts.social.providers.some(({ id }) => id === provider)) return refusedAnswer(c, refuse('not_found'))
    const from = fromOf(c, clientAddressHeader)
    const locale = /^en/i.test(c.req.header('accept-language') ?? '') ? 'en' : 'ko'
    const landed = await accounts.social.land(provider, c.req.raw, from, locale)
    setCookies(c, landed)
    c.header('cache-control', 'no-store')
    return c.redirect(landed.location, 302)
  })
}
