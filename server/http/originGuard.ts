import type { MiddlewareHandler } from 'hono'
import { refuse } from '#schemas/refusals.ts'
import type { ApiEnv } from './apiEnv.ts'
import { refusedAnswer } from './envelope.ts'
import { headerOf } from './headers.ts'
import type { Origins } from './origins.ts'

/**
 * Refuses every request that may change something and that a browser sends for a page which is not ours. Programs that
 * are no browsers send neither header and carry no cookie of a person.
 */
export const originGuard =
  (origins: () => Origins): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const origin = headerOf(c, 'origin')
    const foreign =
      origin === undefined
        ? headerOf(c, 'sec-fetch-site') === 'cross-site'
        : !origins().allows(origin, headerOf(c, 'host') ?? null)
    return foreign ? refusedAnswer(c, refuse('foreign_origin')) : next()
  }
