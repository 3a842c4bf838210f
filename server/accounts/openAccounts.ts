import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { Database } from '#persistence/database/database.ts'
import type { ProfileChange } from '#persistence/database/profile/changeProfile.ts'
import { profileByHandle } from '#persistence/database/profile/findProfiles.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'
import type { PersonalPart } from '#persistence/ports/personalData.ts'
import type { Me, signUpBody } from '#schemas/api/accounts.ts'
import type { Device } from '#schemas/api/sessions.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { accountPart } from './accountPart.ts'
import type { AccountsDb } from './accountTables.ts'
import { createAuth } from './createAuth.ts'
import { devicesOf, otherSessions } from './devices.ts'
import { createEndSessions, type EndSessions } from './endSessions.ts'
import { changeMe, meOf } from './me.ts'
import { createProve, type Prove } from './prove.ts'
import { createTokens, type Tokens } from './sessions/tokens.ts'
import { type From, type NewSession, signIn } from './signIn.ts'
import { emailTaken, signUp } from './signUp.ts'
import { createWhoIs, type WhoIs } from './whoIs.ts'

/** Everything the API knows about accounts. Identity comes out of `whoIs` only (I8). */
export interface Accounts {
  /** Browsers reach us by https: cookies are marked secure. */
  readonly secure: boolean
  readonly whoIs: WhoIs
  signUp(body: z.output<typeof signUpBody>, from: From): Promise<(NewSession & { userId: string }) | Refusal>
  signIn(body: { email: string; password: string }, from: From): Promise<NewSession | Refusal>
  readonly endSessions: EndSessions
  me(userId: string): Promise<Me | Refusal>
  changeMe(userId: string, change: ProfileChange): Promise<Me | Refusal>
  available(query: { email?: string | undefined; handle?: string | undefined }): Promise<boolean>
  devices(userId: string, current: string): Promise<Device[]>
  /** Ids of every session of the user but one (or all). */
  otherSessions(userId: string, but: string | null): Promise<string[]>
  readonly tokens: Tokens
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
  readonly ledger: Pick<Ledger, 'revokeSessions'>
  readonly closeSockets: (session: string) => Promise<void>
  readonly log: Logger
  readonly rateFactor: number
}

export function openAccounts(deps: AccountsDeps): Accounts {
  const db = deps.db as unknown as AccountsDb // the library's tables stand beside ours
  const auth = createAuth({ db, secret: deps.secret, secure: deps.secure, log: deps.log })
  const endSessions = createEndSessions(db, deps.ledger, deps.closeSockets)
  const leaked = (userId: string, session: string) =>
    deps.log.warn({ userId, session }, 'a refresh token was used twice: its session was ended')
  return {
    secure: deps.secure,
    whoIs: createWhoIs(db, deps),
    async signUp(body, from) {
      const made = await signUp({ db, auth }, body)
      if (isRefusal(made)) return made
      const session = await signIn(auth, body, from)
      return isRefusal(session) ? session : { ...session, ...made }
    },
    signIn: (body, from) => signIn(auth, body, from),
    endSessions,
    me: (userId) => meOf(db, userId),
    changeMe: (userId, change) => changeMe(db, userId, change),
    async available({ email, handle }) {
      if (email !== undefined) return !(await emailTaken(db, email))
      return handle !== undefined && (await profileByHandle(deps.db, handle)) === null
    },
    devices: (userId, current) => devicesOf(db, userId, current),
    otherSessions: (userId, but) => otherSessions(db, userId, but),
    prove: createProve(db, deps.rateFactor),
    part: accountPart(db, endSessions),
    tokens: createTokens({ db, secret: deps.secret, endSessions, leaked, now: Date.now }),
    async renew(cookies) {
      const { headers } = await auth.api.getSession({ headers: new Headers({ cookie: cookies }), returnHeaders: true })
      return headers.getSetCookie()
    },
  }
}
