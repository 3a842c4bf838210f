import { betterAuth } from 'better-auth'
import type { Logger } from 'pino'
import type { AccountsDb } from './accountTables.ts'
import { hashPassword, verifyPassword } from './passwords.ts'

const DAY_SECONDS = 86_400

export type AuthOptions = {
  readonly db: AccountsDb
  readonly secret: string
  /** Browsers reach us by https: cookies are marked secure. */
  readonly secure: boolean
  readonly log: Logger
}

/**
 * The accounts library on our own database. None of its routes is mounted: all goes through our endpoints, which have our
 * limits, our envelope and our rule for a new account (both rows or none).
 */
export const createAuth = ({ db, secret, secure, log }: AuthOptions) =>
  betterAuth({
    // Only for links that the library would build; we mount none of its pages.
    baseURL: secure ? 'https://localhost' : 'http://localhost',
    basePath: '/api/accounts',
    secret,
    database: { db, type: 'sqlite', transaction: true },
    disabledPaths: ['/sign-up/email'],
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      password: { hash: hashPassword, verify: verifyPassword },
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
