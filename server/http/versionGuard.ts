import type { MiddlewareHandler } from 'hono'
import { refuse } from '#schemas/refusals.ts'
import { PROTOCOL_HEADER, protocolOf } from '#schemas/version.ts'
import type { ApiEnv } from './apiEnv.ts'
import { refusedAnswer } from './envelope.ts'
import { headerOf } from './headers.ts'

/**
 * Refuses clients that say that they are older than what is still served: their page has to be loaded again. Who says nothing, as
 * programs do, is let through here; a place looks at the version of everybody who enters.
 */
export const versionGuard =
  (oldest: number): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const told = headerOf(c, PROTOCOL_HEADER)
    if (told === undefined || protocolOf(told) >= oldest || !c.req.path.startsWith('/api/')) return next()
    return refusedAnswer(c, refuse('outdated', { oldest }))
  }
