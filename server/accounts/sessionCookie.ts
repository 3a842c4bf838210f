import { createHmac, timingSafeEqual } from 'node:crypto'

/** The cookie's name as the accounts library makes it. */
export const cookieName = (secure: boolean): string => `${secure ? '__Secure-' : ''}studyhub.session_token`

/**
 * The session token of a request's cookies, only if our signature under it is right; null for everything else. Cookies of
 * the same name from a parent domain cannot mask ours: the first one that verifies counts.
 */
export function tokenOf(cookies: string | null | undefined, name: string, secret: string): string | null {
  if (!cookies) return null
  for (const part of cookies.split(';')) {
    const at = part.indexOf('=')
    if (at < 0 || part.slice(0, at).trim() !== name) continue
    const token = verified(part.slice(at + 1).trim(), secret)
    if (token !== null) return token
  }
  return null
}

/** Cookies whose signature was found right are remembered, so many at most. */
const REMEMBERED = 10_000

/**
 * The same as `tokenOf`, for one name and secret: what was verified once is not verified again, for a signature under a
 * secret does not change. Whether its session is over is not the cookie's to say. Nothing wrong is remembered.
 */
export function cookieReader(name: string, secret: string): (cookies: string | null | undefined) => string | null {
  const known = new Map<string, string>()
  return (cookies) => {
    if (!cookies) return null
    const seen = known.get(cookies)
    if (seen !== undefined) return seen
    const token = tokenOf(cookies, name, secret)
    if (token === null || cookies.length > LONGEST) return token
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value ?? '')
    known.set(cookies, token)
    return token
  }
}

/** Characters of all cookies of a request that are remembered: ours alone are about 120. */
const LONGEST = 500

function verified(raw: string, secret: string): string | null {
  let value: string
  try {
    value = decodeURIComponent(raw)
  } catch {
    return null
  }
  const dot = value.lastIndexOf('.')
  if (dot < 1) return null
  const token = value.slice(0, dot)
  const given = Buffer.from(value.slice(dot + 1), 'base64')
  const right = createHmac('sha256', secret).update(token).digest()
  return given.length === right.length && timingSafeEqual(given, right) ? token : null
}

/** Makes the browser forget the session's cookie. */
export const clearedSessionCookie = (secure: boolean): string =>
  `${cookieName(secure)}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
