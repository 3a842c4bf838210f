import { createHmac } from 'node:crypto'
import { type AccountsDb, millisecondsOf } from '../accountTables.ts'
import type { Auth } from '../createAuth.ts'
import type { EndSessions } from '../endSessions.ts'
import { cookieName } from '../sessionCookie.ts'
import type { From } from '../signIn.ts'

export const SESSION_MS = 30 * 86_400_000

/** Somebody who has just proven who he is, and whether the proof still holds. */
export type Proven = { readonly user: string; readonly still: () => Promise<boolean> }

/** A session of this user that was proven by something else than the library's own sign-in. The token is for a cookie only. */
export async function openSession(auth: Auth, userId: string, from: From): Promise<{ id: string; token: string }> {
  const { internalAdapter } = await auth.$context
  const session = await internalAdapter.createSession(userId, false, {
    ipAddress: from.address,
    userAgent: from.userAgent.slice(0, 300),
  })
  return { id: session.id, token: session.token }
}

/**
 * A session that is told to nobody unless `still` holds once it is stored; null then. Whoever takes a way in away does that first
 * and ends the sessions afterwards: either that sees this session, or this sees that the way is gone.
 */
export async function openWhile(
  { auth, endSessions }: { auth: Auth; endSessions: EndSessions },
  { user, still }: Proven,
  from: From,
): Promise<{ id: string; token: string } | null> {
  const session = await openSession(auth, user, from)
  if (await still()) return session
  await endSessions(user, [session.id])
  return null
}

/** The session's cookie as the accounts library makes it: the token with our signature under it. */
export function sessionCookie(token: string, { secret, secure }: { secret: string; secure: boolean }): string {
  const value = `${token}.${createHmac('sha256', secret).update(token).digest('base64')}`
  const rest = `Max-Age=${SESSION_MS / 1000}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return `${cookieName(secure)}=${encodeURIComponent(value)}; ${rest}`
}

/** Writes a time the way the stored ones of this engine are. */
export const likeStored = (stored: unknown, ms: number): string | Date =>
  typeof stored === 'string' ? new Date(ms).toISOString() : new Date(ms)

const EXACT_MS = 10 * 60_000

/** Remembers that a session was used, at most once in ten minutes. A failure is no reason to refuse its request. */
export function noteUse(db: AccountsDb, session: { id: string; updatedAt: unknown }, now: number): void {
  const { id, updatedAt } = session
  if (now - millisecondsOf(updatedAt as string) < EXACT_MS) return
  db.updateTable('session')
    .set({ updatedAt: likeStored(updatedAt, now) })
    .where('id', '=', id)
    .execute()
    .catch(() => {})
}
