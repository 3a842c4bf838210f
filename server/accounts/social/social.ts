import { APIError } from 'better-auth/api'
import { lockRows } from '#persistence/database/dialect.ts'
import { inTransaction } from '#persistence/database/inTransaction.ts'
import type { Locale } from '#schemas/limits.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { SignInWays } from '#server/config/signInWays.ts'
import type { AccountsDb } from '../accountTables.ts'
import type { Auth } from '../createAuth.ts'
import type { EndSessions } from '../endSessions.ts'
import { passwordVersion } from '../password/passwordVersion.ts'
import type { SecondFactor } from '../secondFactor/secondFactor.ts'
import { cookieName, tokenOf } from '../sessionCookie.ts'
import type { From } from '../signIn.ts'
import { type Offered, onlyWay } from '../waysIn.ts'
import { firstProfile } from './firstProfile.ts'
import { shownProviders } from './providers.ts'

type Begun = { readonly url: string; readonly cookies: readonly string[] }
export type Landed = { readonly location: string; readonly cookies: readonly string[] }

/** Sign-in by providers (A9). An account is only ever linked by its signed-in owner, never because addresses are alike. */
export interface Social {
  readonly providers: readonly { readonly id: string; readonly name: string }[]
  /** Where to send the browser, and the cookie that ties the answer to it. `next`: a path of ours. */
  begin(provider: string, next: string): Promise<Begun | Refusal>
  /** The same for linking the provider to the signed-in owner of these cookies. */
  beginLink(provider: string, cookies: string): Promise<Begun | Refusal>
  /** The provider's answer: where to go on, signed in or told why not. */
  land(provider: string, request: Request, from: From, locale: Locale): Promise<Landed>
  /** Ids of the user's ways in, `credential` for a password. */
  ways(userId: string): Promise<string[]>
  /** `conflict`: it is the only way in. */
  unlink(userId: string, provider: string): Promise<'unlinked' | Refusal>
}

export type SocialDeps = {
  readonly db: AccountsDb
  readonly auth: Auth
  readonly secret: string
  readonly secure: boolean
  readonly origin: string
  readonly ways: SignInWays
  readonly offered: Offered
  readonly endSessions: EndSessions
  readonly secondFactor: Pick<SecondFactor, 'isOn' | 'challenge'>
}

const SETTINGS = '/settings/security'

export function createSocial(deps: SocialDeps): Social {
  const { db, auth, secret, secure, origin } = deps
  const providers = shownProviders(deps.ways)
  const known = (id: string) => providers.some((provider) => provider.id === id)

  const begun = (url: string | undefined, headers: Headers): Begun => {
    if (!url) throw new Error('the provider gave no address')
    return { url, cookies: headers.getSetCookie() }
  }
  const failed = (page: string, provider: string, error: string): string => {
    const why = reasons[error] ?? 'failed'
    return `${page}?${new URLSearchParams({ failed: why, provider })}`
  }
  const ways = async (userId: string) => {
    const rows = await db.selectFrom('account').select('providerId').where('userId', '=', userId).execute()
    return rows.map((row) => row.providerId)
  }

  return {
    providers,
    ways,
    async begin(provider, next) {
      if (!known(provider)) return refuse('not_found')
      const body = { provider, callbackURL: next, errorCallbackURL: '/sign-in', disableRedirect: true } as const
      const { response, headers } = await auth.api.signInSocial({ body, returnHeaders: true })
      return begun(response.url, headers)
    },
    async beginLink(provider, cookies) {
      if (!known(provider)) return refuse('not_found')
      const body = { provider, callbackURL: SETTINGS, errorCallbackURL: SETTINGS, disableRedirect: true } as const
      try {
        const { response, headers } = await auth.api.linkSocialAccount({
          ...{ body, headers: new Headers({ cookie: cookies }) },
          returnHeaders: true,
        })
        return begun(response.url, headers)
      } catch (error) {
        // Only a browser can be led to a provider and back.
        if (error instanceof APIError && error.statusCode < 500) return refuse('forbidden')
        throw error
      }
    },
    async land(provider, request, from, locale) {
      const headers = new Headers(request.headers)
      headers.set('x-real-ip', from.address)
      headers.set('user-agent', from.userAgent.slice(0, 300))
      const answer = await auth.handler(new Request(request.url, { headers }))
      const to = new URL(answer.headers.get('location') ?? '/sign-in?error=failed', origin)
      const cookies = answer.headers.getSetCookie()
      const without = cookies.filter((cookie) => !cookie.startsWith(`${cookieName(secure)}=`))
      const error = to.searchParams.get('error')
      if (error !== null || to.origin !== origin) {
        const page = to.pathname === SETTINGS ? SETTINGS : '/sign-in'
        return { location: failed(page, provider, error ?? ''), cookies: without }
      }
      const location = to.pathname + to.search
      const jar = cookies.map((cookie) => cookie.split(';')[0]).join('; ')
      const token = tokenOf(jar, cookieName(secure), secret)
      if (token === null) return { location, cookies: without } // linked: the session was there before
      const row = await db.selectFrom('session').select(['id', 'userId']).where('token', '=', token).executeTakeFirst()
      if (!row) return { location: failed('/sign-in', provider, ''), cookies: without }
      await firstProfile(db, row.userId, locale)
      if (!(await deps.secondFactor.isOn(row.userId))) return { location, cookies }
      await deps.endSessions(row.userId, [row.id])
      // Behind the #, so that it is in no log and no Referer.
      const challenge = deps.secondFactor.challenge(row.userId, await passwordVersion(db, row))
      return { location: `/sign-in?${new URLSearchParams({ next: location })}#${challenge}`, cookies: without }
    },
    async unlink(userId, provider) {
      return inTransaction(db, async (trx) => {
        // Two at once would each see the other's way in and take both.
        await lockRows(trx, trx.selectFrom('user').select('id').where('id', '=', userId)).execute()
        const rows = await trx.selectFrom('account').select('providerId').where('userId', '=', userId).execute()
        if (!rows.some((row) => row.providerId === provider) || provider === 'credential') return refuse('not_found')
        if (await onlyWay(trx, userId, deps.offered, { provider })) return refuse('conflict')
        await trx.deleteFrom('account').where('userId', '=', userId).where('providerId', '=', provider).execute()
        return 'unlinked' as const
      })
    },
  }
}

/** The library's words for what a person can do something about. */
const reasons: Readonly<Record<string, 'not_linked' | 'taken'>> = {
  account_not_linked: 'not_linked',
  account_already_linked_to_different_user: 'taken',
}
