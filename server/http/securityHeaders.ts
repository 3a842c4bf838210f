import type { MiddlewareHandler } from 'hono'
import type { ApiEnv } from './apiEnv.ts'
import { setAhead } from './headers.ts'

/** Styles: the component library sets inline style attributes and elements; scripts are only ever our own files. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' ws: wss:",
  "media-src 'self' blob:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(self), display-capture=(self), geolocation=(self)',
}

const entries = Object.entries(pageHeaders)

/** Set before the handlers: headers that are added to a finished answer have it built anew. */
export const securityHeaders: MiddlewareHandler<ApiEnv> = async (c, next) => {
  for (const [name, value] of entries) setAhead(c, name, value)
  if (c.req.path.startsWith('/api/')) setAhead(c, 'cache-control', 'no-store')
  await next()
}
