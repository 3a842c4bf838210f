import { rotateFamily, startFamily } from '#persistence/database/sessions/tokenFamilies.ts'
import type { TokenPair } from '#schemas/api/sessions.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { type AccountsDb, millisecondsOf } from '../accountTables.ts'
import type { EndSessions } from '../endSessions.ts'
import { likeStored, SESSION_MS } from './openSession.ts'
import { signed, verified } from './signed.ts'

export const ACCESS_MS = 10 * 60_000

/** Bearer tokens for clients without cookies: access for ten minutes, refresh for one use (A2). */
export interface Tokens {
  /** The first pair of a session that was just opened. */
  open(userId: string, session: string): Promise<TokenPair>
  /**
   * The next pair for a refresh token. A token that was used before has leaked: nobody knows to whom, so the whole session ends,
   * on HTTP and on its sockets. Every failure is the same refusal.
   */
  refresh(token: string): Promise<TokenPair | Refusal>
}

export type TokensDeps = {
  readonly db: AccountsDb
  readonly secret: string
  readonly endSessions: EndSessions
  readonly leaked: (userId: string, session: string) => void
  /** Milliseconds. */
  readonly now: () => number
}

export function createTokens({ db, secret, endSessions, leaked, now }: TokensDeps): Tokens {
  const pair = (session: string, generation: number): TokenPair => {
    const [accessExpiresAt, refreshExpiresAt] = [now() + ACCESS_MS, now() + SESSION_MS]
    const accessToken = signed(secret, 'access', [session, accessExpiresAt])
    const refreshToken = signed(secret, 'refresh', [session, generation, refreshExpiresAt])
    return { accessToken, accessExpiresAt, refreshToken, refreshExpiresAt }
  }
  return {
    async open(userId, session) {
      await startFamily(db, { session, user: userId, at: now() })
      return pair(session, 1)
    },
    async refresh(token) {
      const [session, from, until] = verified(secret, 'refresh', token, 3) ?? []
      if (session === undefined || !(Number(until) > now())) return refuse('unauthenticated')
      const row = await db
        .selectFrom('session')
        .select(['expiresAt', 'updatedAt'])
        .where('id', '=', session)
        .executeTakeFirst()
      if (!row || millisecondsOf(row.expiresAt) <= now()) return refuse('unauthenticated')
      const rotated = await rotateFamily(db, { session, from: Number(from), at: now() })
      if (rotated.how === 'unknown') return refuse('unauthenticated')
      if (rotated.how === 'reused') {
        leaked(rotated.user, session)
        await endSessions(rotated.user, [session])
        return refuse('unauthenticated')
      }
      const times = {
        expiresAt: likeStored(row.expiresAt, now() + SESSION_MS),
        updatedAt: likeStored(row.updatedAt, now()),
      }
      await db.updateTable('session').set(times).where('id', '=', session).execute()
      return pair(session, Number(from) + 1)
    },
  }
}

/** The session id of an `Authorization` header with an access token of ours that is not over; else null. */
export function sessionOfBearer(authorization: string, secret: string, now: number): string | null {
  const token = /^Bearer ([\w.-]{1,300})$/i.exec(authorization)?.[1]
  const [session, until] = (token && verified(secret, 'access', token, 2)) || []
  return session !== undefined && Number(until) > now ? session : null
}
