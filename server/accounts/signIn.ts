import { APIError } from 'better-auth/api'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { AccountsDb } from './accountTables.ts'
import type { Auth } from './createAuth.ts'
import type { EndSessions } from './endSessions.ts'
import { passwordVersion } from './password/passwordVersion.ts'

/** Where a session comes from, for the member's list of his devices. */
export type From = { readonly address: string; readonly userAgent: string }

/** Cookies that the answer has to set. */
export type NewSession = { readonly cookies: readonly string[] }

export type SignedIn = NewSession & { readonly user: string; readonly session: string; readonly version: string }

/**
 * Opens a session. One uniform failure: an unknown address costs the same hash as a wrong password and gets the same
 * answer. A password that was replaced while it was checked opens nothing: who replaced it ended all sessions, and may have done so
 * before this one was there.
 */
export async function signIn(
  { db, auth, endSessions }: { db: AccountsDb; auth: Auth; endSessions: EndSessions },
  { email, password }: { email: string; password: string },
  from: From,
): Promise<SignedIn | Refusal> {
  const version = await passwordVersion(db, { email })
  try {
    const { headers, response } = await auth.api.signInEmail({
      body: { email, password },
      headers: new Headers({ 'x-real-ip': from.address, 'user-agent': from.userAgent.slice(0, 300) }),
      returnHeaders: true,
    })
    const user = response.user.id
    const made = db.selectFrom('session').select('id').where('token', '=', response.token)
    const { id: session } = (await made.executeTakeFirst()) ?? { id: '' }
    if (session === '') return refuse('bad_credentials') // ended meanwhile
    if ((await passwordVersion(db, { userId: user })) === version)
      return { cookies: headers.getSetCookie(), user, session, version }
    await endSessions(user, [session])
    return refuse('bad_credentials')
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return refuse('bad_credentials')
    throw error
  }
}
