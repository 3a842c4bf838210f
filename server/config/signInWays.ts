import type { z } from 'zod'
import type { PasskeySettings } from './relyingParty.ts'
import type { variables } from './settings.ts'

export type Client = { readonly clientId: string; readonly clientSecret: string }

/** The ways to sign in beside the password that this server offers. */
export type SignInWays = {
  readonly secondFactor: boolean
  /** Null: not offered. */
  readonly passkeys: PasskeySettings | null
  readonly google: Client | null
  readonly kakao: Client | null
  readonly naver: Client | null
  readonly oidc: (Client & { readonly issuer: string; readonly name: string }) | null
}

export const passwordOnly: SignInWays = {
  secondFactor: false,
  passkeys: null,
  google: null,
  kakao: null,
  naver: null,
  oidc: null,
}

const providers = ['GOOGLE', 'KAKAO', 'NAVER', 'OIDC'] as const

const clientOf = (v: Record<string, unknown>, name: (typeof providers)[number]): Client | null => {
  const [clientId, clientSecret] = [v[`${name}_CLIENT_ID`], v[`${name}_CLIENT_SECRET`]]
  return typeof clientId === 'string' && typeof clientSecret === 'string' ? { clientId, clientSecret } : null
}

export function waysOf(v: z.output<typeof variables>): SignInWays {
  const oidc = clientOf(v, 'OIDC')
  return Object.freeze({
    secondFactor: v.SECOND_FACTOR,
    passkeys: v.PASSKEYS ? { rpId: v.PASSKEY_RP_ID, origins: v.PASSKEY_ORIGINS } : null,
    google: clientOf(v, 'GOOGLE'),
    kakao: clientOf(v, 'KAKAO'),
    naver: clientOf(v, 'NAVER'),
    oidc: oidc && v.OIDC_ISSUER ? { ...oidc, issuer: v.OIDC_ISSUER, name: v.OIDC_NAME } : null,
  })
}

/** Faults of a provider that was configured by half: it would silently be off. */
export function halfProviders(given: Readonly<Record<string, unknown>>): string[] {
  return providers.flatMap((name) => {
    const needed = [`${name}_CLIENT_ID`, `${name}_CLIENT_SECRET`, ...(name === 'OIDC' ? ['OIDC_ISSUER'] : [])]
    const missing = needed.filter((key) => given[key] === undefined)
    return missing.length === 0 || missing.length === needed.length
      ? []
      : missing.map((key) => `  ${key}: is needed too when another ${name} setting is given`)
  })
}
