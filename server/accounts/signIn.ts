import { APIError } from 'better-auth/api'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { Auth } from './createAuth.ts'

/** Where a session comes from, for the member's list of his devices. */
export type From = { readonly address: string; readonly userAgent: string }

/** Cookies that the answer has to set. */
export type NewSession = { readonly cookies: readonly string[] }

/**
 * Opens a session. One uniform failure: an unknown address costs the same hash as a wrong password and gets the same
 * answer.
 */
export async function signIn(
  auth: Auth,
  { email, password }: { email: string; password: string },
  from: From,
): Promise<NewSession | Refusal> {
  try {
    const { headers } = await auth.api.signInEmail({
      body: { email, password },
      headers: new Headers({ 'x-real-ip': from.address, 'user-agent': from.userAgent.slice(0, 300) }),
      returnHeaders: true,
    })
    return { cookies: headers.getSetCookie() }
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return refuse('bad_credentials')
    throw error
  }
}
