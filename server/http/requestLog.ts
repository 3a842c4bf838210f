import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'
import type { ApiEnv } from './apiEnv.ts'
import { headerOf, setAhead } from './headers.ts'

/** One line per API request, by path without its query; a proxy's request id is taken over if it is a plain one. */
export const requestLog =
  (log: Logger, seen: (route: string, status: number, ms: number) => void): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const given = headerOf(c, 'x-request-id')
    const requestId = given !== undefined && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
    c.set('requestId', requestId)
    setAhead(c, 'x-request-id', requestId)
    const begun = performance.now()
    await next()
    const ms = performance.now() - begun
    const status = c.res.status
    seen(c.req.method, status, ms)
    const line = {
      requestId,
      method: c.req.method,
      path: c.req.path.slice(0, 200),
      status,
      ms: Math.round(ms * 10) / 10,
    }
    if (status >= 500) log.warn(line, 'request')
    else if (c.req.path.startsWith('/api/')) log.info(line, 'request')
    else log.debug(line, 'request')
  }
