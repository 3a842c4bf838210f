import { gathered } from '#persistence/database/gathered.ts'
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

const sessions = (db: AccountsDb) =>
  db
    .selectFrom('session as s')
    .innerJoin('profile as p', 'p.user_id', 's.userId')
    .select(['s.token', 's.id', 's.expiresAt', 's.updatedAt', 'p.user_id', 'p.name', 'p.handle', 'p.role', 'p.image'])

/** One for whom nobody waits, and many at once when all come back from a node that has died. */
function sessionsBy(db: AccountsDb, column: 'token' | 'id') {
  const one = prepared((db: AccountsDb, key: string) => sessions(db).where(`s.${column}`, '=', key))
  const many = prepared((db: AccountsDb, keys: readonly string[]) => sessions(db).where(`s.${column}`, 'in', keys))
  return gathered(async (keys) => {
    const rows = keys.length === 1 ? await one(db, keys[0] ?? '') : await many(db, keys)
    return new Map(rows.map((row) => [row[column], row]))
  })
}

/**
 * Who sends these: only by a token that we signed, whose session is stored and not over (I8). One indexed join, shared by
 * those who ask at once, so it can stand before every request; a session that was revoked on any node is refused at once.
 */
export const createWhoIs = (db: AccountsDb, { secret, secure }: { secret: string; secure: boolean }): WhoIs => {
  const tokenOf = cookieReader(cookieName(secure), secret)
  const [byToken, byId] = [sessionsBy(db, 'token'), sessionsBy(db, 'id')]
  return async (cookies, authorization) => {
    const now = Date.now()
    const bearer = authorization ? sessionOfBearer(authorization, secret, now) : null
    const token = authorization ? null : tokenOf(cookies)
    if (bearer === null && token === null) return null
    const row = bearer === null ? await byToken(token ?? '') : await byId(bearer)
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
