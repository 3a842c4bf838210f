import { betterAuth } from 'better-auth'
import type { Logger } from 'pino'
import { engineOf } from '#persistence/database/dialect.ts'
import type { SignInWays } from '#server/config/signInWays.ts'
import type { AccountsDb } from './accountTables.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { providersOf, shownProviders } from './social/providers.ts'

const noTokens = { accessToken: null, refreshToken: null, idToken: null }
const DAY_SECONDS = 86_400

export type AuthOptions = {
  readonly db: AccountsDb
  readonly secret: string
  /** Browsers reach us by https: cookies are marked secure. */
  readonly secure: boolean
  readonly log: Logger
  /** Where browsers find us: providers send them back there. */
  readonly origin: string
  readonly ways: SignInWays
}

/**
 * The accounts library on our own database. None of its routes is mounted: all goes through our endpoints, which have our
 * limits, our envelope and our rule for a new account (both rows or none).
 */
export const createAuth = ({ db, secret, secure, log, origin, ways }: AuthOptions) =>
  betterAuth({
    baseURL: origin,
    basePath: '/api/accounts',
    secret,
    database: { db, type: engineOf(db), transaction: true },
    disabledPaths: ['/sign-up/email'],
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    ...providersOf(ways),
    account: {
      updateAccountOnSignIn: false,
      // By its signed-in owner only, never because two addresses are alike: a provider's word about an address is no proof of
      // who owns the account here.
      accountLinking: {
        disableImplicitLinking: true,
        allowDifferentEmails: true,
        trustedProviders: shownProviders(ways).map((p) => p.id),
      },
    },
    databaseHooks: {
      // A picture at a provider's address would tell it who looks at whom.
      user: { create: { before: async (user) => ({ data: { ...user, image: null } }) } },
      // We never ask a provider for anything again: its tokens are not kept.
      account: {
        create: { before: async (account) => ({ data: { ...account, ...noTokens } }) },
        update: { before: async (account) => ({ data: { ...account, ...noTokens } }) },
      },
    },
    session: { expiresIn: 30 * DAY_SECONDS, updateAge: DAY_SECONDS },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      cookiePrefix: 'studyhub',
      useSecureCookies: secure,
      ipAddress: { ipAddressHeaders: ['x-real-ip'] },
    },
    // Its further arguments may hold addresses or tokens: only the sentence is kept.
    logger: { level: 'error', log: (level, message) => log.debug({ library: 'accounts', level }, message) },
  })

export type Auth = ReturnType<typeof createAuth>
