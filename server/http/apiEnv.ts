import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

/** What a request carries through our handlers. */
export type ApiEnv = {
  Bindings: Partial<HttpBindings>
  Variables: { requestId: string }
}
export type ApiContext = Context<ApiEnv>
