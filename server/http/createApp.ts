import { OpenAPIHono } from '@hono/zod-openapi'
import { HTTPException } from 'hono/http-exception'
import type { Logger } from 'pino'
import { LedgerUnavailable } from '#persistence/ports/ledger.ts'
import { StoreUnavailable } from '#persistence/ports/storeUnavailable.ts'
import { type RefusalCode, refuse } from '#schemas/refusals.ts'
import type { ApiEnv } from './apiEnv.ts'
import { refusedAnswer } from './envelope.ts'
import { originGuard } from './originGuard.ts'
import type { Origins } from './origins.ts'
import { requestLog } from './requestLog.ts'
import { securityHeaders } from './securityHeaders.ts'
import { versionGuard } from './versionGuard.ts'

/** When it is worth asking again. */
const AWAY_MS = 2_000

export type AppDeps = {
  readonly log: Logger
  readonly origins: () => Origins
  /** Clients that say an older version are refused. */
  readonly oldestClient: number
  readonly seen: (method: string, status: number, ms: number) => void
}

/** What stands before and behind every route: ids, log, headers, the origin check, and one way for faults to end. */
export function createApp({ log, origins, oldestClient, seen }: AppDeps): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>()
  app.use(requestLog(log, seen))
  app.use(securityHeaders)
  app.use(originGuard(origins))
  app.use(versionGuard(oldestClient))
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status < 500) return refusedAnswer(c, refuse(codeOf(error.status)))
    const about = { requestId: c.get('requestId'), path: c.req.path.slice(0, 200), err: error }
    if (error instanceof StoreUnavailable || error instanceof LedgerUnavailable) {
      log.warn(about, 'a store is away')
      return refusedAnswer(c, refuse('unavailable', { retryAfterMs: AWAY_MS }))
    }
    log.error(about, 'fault')
    return refusedAnswer(c, refuse('fault', { requestId: c.get('requestId') }))
  })
  return app
}

const codeOf = (status: number): RefusalCode =>
  status === 404 ? 'not_found' : status === 413 ? 'too_large' : status === 401 ? 'unauthenticated' : 'invalid'
