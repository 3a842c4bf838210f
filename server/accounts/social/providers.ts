import { createHash } from 'node:crypto'
import type { BetterAuthOptions } from 'better-auth'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import type { SignInWays } from '#server/config/signInWays.ts'

type Person = { readonly email?: unknown; readonly verified: boolean; readonly name?: unknown }

/**
 * What we take over of a provider's word: the name, and the address only if the provider itself has verified it. Anybody else
 * gets an address that can never receive mail: otherwise a provider where one may write any address into one's profile would
 * be a way to claim, or to block, somebody else's.
 */
export function userOf(provider: string, subject: unknown, { email, verified, name }: Person) {
  const plain = { name: typeof name === 'string' ? name : '' }
  if (verified && typeof email === 'string') return { ...plain, email: email.toLowerCase(), emailVerified: true }
  const id = createHash('sha256')
    .update(`${provider} ${String(subject)}`)
    .digest('hex')
    .slice(0, 32)
  return { ...plain, email: `${provider}-${id}@users.invalid`, emailVerified: false }
}

/** The accounts library's options for the ways that are set up; none is on by default. */
export function providersOf({ google, kakao, naver, oidc }: SignInWays) {
  const socialProviders: NonNullable<BetterAuthOptions['socialProviders']> = {
    ...(google && {
      google: {
        ...google,
        mapProfileToUser: (p: { sub: string; email?: string; email_verified?: boolean; name?: string }) =>
          userOf('google', p.sub, { email: p.email, verified: p.email_verified === true, name: p.name }),
      },
    }),
    ...(kakao && {
      kakao: {
        ...kakao,
        mapProfileToUser(p: {
          id: unknown
          kakao_account?: {
            email?: string | undefined
            is_email_valid?: boolean | undefined
            is_email_verified?: boolean | undefined
            profile?: { nickname?: string | undefined } | undefined
          }
        }) {
          const { email, is_email_valid, is_email_verified, profile } = p.kakao_account ?? {}
          const verified = is_email_valid === true && is_email_verified === true
          return userOf('kakao', p.id, { email, verified, name: profile?.nickname })
        },
      },
    }),
    ...(naver && {
      naver: {
        ...naver,
        // Naver does not say whether it has verified the address.
        mapProfileToUser: (p: { response: { id: string; name?: string; nickname?: string } }) =>
          userOf('naver', p.response.id, { verified: false, name: p.response.nickname ?? p.response.name }),
      },
    }),
  }
  const plugins = oidc
    ? [
        genericOAuth({
          config: [
            {
              providerId: 'oidc',
              discoveryUrl: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
              clientId: oidc.clientId,
              clientSecret: oidc.clientSecret,
              scopes: ['openid', 'profile', 'email'],
              pkce: true,
              requireIdTokenVerification: true,
              mapProfileToUser: (p: Record<string, unknown>) =>
                userOf('oidc', p['sub'], {
                  email: p['email'],
                  verified: p['email_verified'] === true,
                  name: p['name'],
                }),
            },
          ],
        }),
      ]
    : []
  return { socialProviders, plugins }
}

/** What the screens show: id and name of each way that is on. */
export const shownProviders = ({ google, kakao, naver, oidc }: SignInWays) => [
  ...(kakao ? [{ id: 'kakao', name: 'Kakao' } as const] : []),
  ...(naver ? [{ id: 'naver', name: 'NAVER' } as const] : []),
  ...(google ? [{ id: 'google', name: 'Google' } as const] : []),
  ...(oidc ? [{ id: 'oidc', name: oidc.name } as const] : []),
]
