import type { Caller } from '#rooms/places.ts'
import { type AccountsDb, millisecondsOf } from './accountTables.ts'
import { cookieName, tokenOf } from './sessionCookie.ts'

/** A verified session. `account` is the session's id, never its token: it may stand in seats and logs. */
export type Verified = Caller & { readonly expiresAt: number }

export type WhoIs = (cookies: string | null | undefined) => Promise<Verified | null>

/**
 * Who sends these cookies: only by a token that we signed, whose session is stored and not over (I8). One indexed join,
 * so it can stand before every request; a session that was revoked on any node is refused at once.
 */
export const createWhoIs = (db: AccountsDb, { secret, secure }: { secret: string; secure: boolean }): WhoIs => {
  const name = cookieName(secure)
  return async (cookies) => {
    const token = tokenOf(cookies, name, secret)
    if (token === null) return null
    const row = await db
      .selectFrom('session as s')
      .innerJoin('profile as p', 'p.user_id', 's.userId')
      .select(['s.id', 's.expiresAt', 'p.user_id', 'p.name', 'p.handle'])
      .where('s.token', '=', token)
      .executeTakeFirst()
    if (!row) return null
    const expiresAt = millisecondsOf(row.expiresAt)
    if (!(expiresAt > Date.now())) return null
    return { userId: row.user_id, name: row.name, handle: row.handle, account: row.id, device: row.id, expiresAt }
  }
}
