import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Registry } from 'prom-client'
import { refuse } from '#schemas/refusals.ts'
import type { ApiEnv } from '#server/http/apiEnv.ts'
import { clientAddress } from '#server/http/clientAddress.ts'
import { refusedAnswer } from '#server/http/envelope.ts'

export type Health = {
  /** Whether this node takes new members: started, not draining, its ledger answers. Names what is missing. */
  ready(): Promise<{ ready: true } | { ready: false; why: string }>
  readonly metrics: Registry
  readonly clientAddressHeader: string | undefined
}

/** For machines that watch us. Metrics are told to this machine only. */
export function healthRoutes(app: OpenAPIHono<ApiEnv>, { ready, metrics, clientAddressHeader }: Health): void {
  app.get('/healthz', (c) => c.json({ ok: true }))
  app.get('/readyz', async (c) => {
    const state = await ready()
    return c.json(state, state.ready ? 200 : 503)
  })
  app.get('/metrics', async (c) => {
    const address = clientAddress(c, clientAddressHeader)
    if (address !== '::1' && !address.startsWith('127.')) return refusedAnswer(c, refuse('forbidden'))
    return c.body(await metrics.metrics(), 200, { 'content-type': metrics.contentType })
  })
}
