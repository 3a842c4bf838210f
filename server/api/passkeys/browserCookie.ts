import { randomBytes } from 'node:crypto'
import type { ApiContext } from '#server/http/apiEnv.ts'
import { headerOf } from '#server/http/headers.ts'

const NAME = 'studyhub.passkey'
const PATH = '/api/accounts/sign-in/passkey'

/** The random name this browser was given when it asked to sign in; empty without one. */
export const browserOf = (c: ApiContext): string =>
  /(?:^|;\s*)studyhub\.passkey=([\w-]{32})(?:;|$)/.exec(headerOf(c, 'cookie') ?? '')?.[1] ?? ''

/** The same, given now if there is none: an answer counts only from the browser that was asked. Several tabs share it. */
export function namedBrowser(c: ApiContext, secure: boolean): string {
  const known = browserOf(c)
  if (known !== '') return known
  const name = randomBytes(24).toString('base64url')
  const rest = `Max-Age=86400; Path=${PATH}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
  c.header('set-cookie', `${NAME}=${name}; ${rest}`, { append: true })
  return name
}
