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
