import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { Database } from '#persistence/database/database.ts'
import type { CodeKey } from '#persistence/database/emailCodes/emailCodes.ts'
import type { ProfileChange } from '#persistence/database/profile/changeProfile.ts'
import { profileByHandle } from '#persistence/database/profile/findProfiles.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'
import type { PersonalPart } from '#persistence/ports/personalData.ts'
import type { TriesBook } from '#persistence/ports/tries.ts'
import type { Me, resetBody, signUpBody } from '#schemas/api/accounts.ts'
import type { Device } from '#schemas/api/sessions.ts'
import type { Locale } from '#schemas/limits.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import type { RelyingParty } from '#server/config/relyingParty.ts'
import type { SignInWays } from '#server/config/signInWays.ts'
import type { Postman } from '#server/mail/postman.ts'
import { passkeyAddedMail } from '#server/mail/templates/accountMails.ts'
import { accountPart } from './accountPart.ts'
import { accountsOf } from './accountTables.ts'
import { requestCode } from './codes/requestCode.ts'
import { createAuth } from './createAuth.ts'
import { devicesOf, otherSessions } from './devices.ts'
import { createEndSessions, type EndSessions } from './endSessions.ts'
import { changeMe, meOf } from './me.ts'
import { createPasskeys, type Passkeys } from './passkeys/passkeys.ts'
import { changePassword } from './password/changePassword.ts'
import { resetPassword } from './password/resetPassword.ts'
import { tellOwner } from './password/tellChanged.ts'
import { createProve, type Prove } from './prove.ts'
import { createSecondFactor, type SecondFactor } from './secondFactor/secondFactor.ts'
import { withSecondFactor } from './secondFactor/withSecondFactor.ts'
import { openSession, openWhile, type Proven, sessionCookie } from './sessions/openSession.ts'
import { createTokens, type Tokens } from './sessions/tokens.ts'
import { type From, type NewSession, signIn } from './signIn.ts'
import { signUp } from './signUp.ts'
import { shownProviders } from './social/providers.ts'
import { createSocial, type Social } from './social/social.ts'
import { createWhoIs, type WhoIs } from './whoIs.ts'

/** Everything the API knows about accounts. Identity comes out of `whoIs` only (I8). */
export interface Accounts {
  /** Browsers reach us by https: cookies are marked secure. */
  readonly secure: boolean
  readonly whoIs: WhoIs
  /** Mails a code. Whether the address has an account tells neither the answer nor its time. */
  requestCode(key: CodeKey, locale: Locale): Promise<void>
  signUp(body: z.output<typeof signUpBody>, from: From): Promise<(NewSession & { userId: string }) | Refusal>
  signIn(body: { email: string; password: string }, from: From): Promise<NewSession | Refusal>
  resetPassword(body: z.output<typeof resetBody>): Promise<Record<string, never> | Refusal>
  changePassword(
    who: { userId: string; session: string },
    body: { current: string; password: string },
  ): Promise<Record<string, never> | Refusal>
  readonly endSessions: EndSessions
  me(userId: string): Promise<Me | Refusal>
  changeMe(userId: string, change: ProfileChange): Promise<Me | Refusal>
  /** Whether nobody has the handle. Handles are public; of e-mail addresses nothing is told. */
  available(handle: string): Promise<boolean>
  devices(userId: string, current: string): Promise<Device[]>
  /** Ids of every session of the user but one (or all). */
  otherSessions(userId: string, but: string | null): Promise<string[]>
  readonly tokens: Tokens
  readonly secondFactor: SecondFactor
  readonly social: Social
  readonly passkeys: Passkeys
  /** A session of somebody who was proven by other means than the library's; refused if the proof holds no more. */
  openSession(who: Proven, from: From): Promise<NewSession | Refusal>
  readonly prove: Prove
  /** What the library keeps about a person. */
  readonly part: PersonalPart
  /** Renews a session that is in use, once a day; cookies to set, if any. */
  renew(cookies: string): Promise<readonly string[]>
}

export type AccountsDeps = {
  readonly db: Kysely<Database>
  readonly secret: string
  readonly secure: boolean
  readonly ledger: Pick<Ledger, 'revokeSessions' | 'now'>
  readonly closeSockets: (session: string) => Promise<void>
  readonly postman: Postman
  readonly log: Logger
  readonly tries: TriesBook
  readonly rateFactor: number
  readonly ways: SignInWays
  /** Null: no passkeys here. */
  readonly party: RelyingParty | null
  /** Where browsers find us. */
  readonly origin: string
}

export function openAccounts(deps: AccountsDeps): Accounts {
  const db = accountsOf(deps.db)
  const { secret, secure, postman, origin, ways, party } = deps
  const offered = { providers: shownProviders(ways).map(({ id }) => id), passkeys: party !== null }
  const auth = createAuth({ db, secret, secure, log: deps.log, origin, ways })
  const whoIs = createWhoIs(db, deps)
  const secondFactor = createSecondFactor({ db, secret: deps.secret, offered: deps.ways.secondFactor, now: Date.now })
  const endSessions = createEndSessions(db, deps.ledger, deps.closeSockets)
  const leaked = (userId: string, session: string) =>
    deps.log.warn({ userId, session }, 'a refresh token was used twice: its session was ended')
  const now = Date.now
  const passwords = { db, auth, secret, endSessions, postman, now }
  return {
    secure,
    whoIs,
    async signUp(body, from) {
      const made = await signUp({ db, auth, secret, now }, body)
      if (isRefusal(made)) return made
      const { token } = await openSession(auth, made.userId, from)
      return { ...made, cookies: [sessionCookie(token, { secret, secure })] }
    },
    requestCode: (key, locale) => requestCode({ db, secret, postman, now }, key, locale),
    resetPassword: (body) => resetPassword(passwords, body),
    changePassword: (who, body) => changePassword(passwords, who, body),
    signIn: (body, from) =>
      withSecondFactor({ endSessions, secondFactor }, () => signIn({ db, auth, endSessions }, body, from)),
    secondFactor,
    social: createSocial({ db, auth, secret, secure, origin, ways, offered, endSessions, secondFactor }),
    passkeys: createPasskeys({
      ...{ db, secret, party, offered, now },
      added: (userId) => tellOwner({ db, postman }, userId, passkeyAddedMail),
      copied: (userId, passkey) => deps.log.warn({ userId, passkey }, 'a passkey came with an old count: refused'),
    }),
    async openSession(who, from) {
      const session = await openWhile({ auth, endSessions }, who, from)
      return session ? { cookies: [sessionCookie(session.token, deps)] } : refuse('bad_credentials')
    },
    endSessions,
    me: (userId) => meOf(db, userId),
    changeMe: (userId, change) => changeMe({ db, ledger: deps.ledger }, userId, change),
    available: async (handle) => (await profileByHandle(deps.db, handle)) === null,
    devices: (userId, current) => devicesOf(db, userId, current),
    otherSessions: (userId, but) => otherSessions(db, userId, but),
    prove: createProve(db, deps.tries, deps.rateFactor),
    part: accountPart(db, endSessions),
    tokens: createTokens({ db, secret: deps.secret, endSessions, leaked, now: Date.now }),
    async renew(cookies) {
      const { headers } = await auth.api.getSession({ headers: new Headers({ cookie: cookies }), returnHeaders: true })
      return headers.getSetCookie()
    },
  }
}
