import { prepared } from '#persistence/database/prepared.ts'
import type { Caller } from '#rooms/places.ts'
import type { UserRole } from '#schemas/limits.ts'
import { type AccountsDb, millisecondsOf } from './accountTables.ts'
import { cookieName, cookieReader } from './sessionCookie.ts'
import { noteUse } from './sessions/openSession.ts'
import { sessionOfBearer } from './sessions/tokens.ts'

/** A verified session. `account` is the session's id, never its token: it may stand in seats and logs. */
export type Verified = Caller & { readonly expiresAt: number; readonly role: UserRole }

/** With an `Authorization` header only that counts, and the cookies are not looked at. */
export type WhoIs = (
  cookies: string | null | undefined,
  authorization?: string | null | undefined,
) => Promise<Verified | null>

const sessionBy = (column: 's.token' | 's.id') =>
  prepared((db: AccountsDb, value: string) =>
    db
      .selectFrom('session as s')
      .innerJoin('profile as p', 'p.user_id', 's.userId')
      .select(['s.id', 's.expiresAt', 's.updatedAt', 'p.user_id', 'p.name', 'p.handle', 'p.role', 'p.image'])
      .where(column, '=', value),
  )
const byToken = sessionBy('s.token')
const byId = sessionBy('s.id')

/**
 * Who sends these: only by a token that we signed, whose session is stored and not over (I8). One indexed join,
 * so it can stand before every request; a session that was revoked on any node is refused at once.
 */
export const createWhoIs = (db: AccountsDb, { secret, secure }: { secret: string; secure: boolean }): WhoIs => {
  const tokenOf = cookieReader(cookieName(secure), secret)
  return async (cookies, authorization) => {
    const now = Date.now()
    const bearer = authorization ? sessionOfBearer(authorization, secret, now) : null
    const token = authorization ? null : tokenOf(cookies)
    if (bearer === null && token === null) return null
    const [row] = bearer === null ? await byToken(db, token ?? '') : await byId(db, bearer)
    if (!row) return null
    const expiresAt = millisecondsOf(row.expiresAt)
    if (!(expiresAt > now)) return null
    noteUse(db, row, now)
    const { name: shown, handle, image, role } = row
    return {
      ...{ userId: row.user_id, name: shown, handle, image, account: row.id, device: row.id, expiresAt },
      role: role ?? 'user',
    }
  }
}
