import type { OpenAPIHono } from '@hono/zod-openapi'
import { refuse } from '#schemas/refusals.ts'
import type { ApiEnv } from './apiEnv.ts'
import { refusedAnswer } from './envelope.ts'

/** The last routes below /api: 405 with the methods there are, else 404. Call it after all endpoints are added. */
export function answerUnknownPaths(app: OpenAPIHono<ApiEnv>): void {
  const methods = new Map<string, Set<string>>()
  for (const { path, method } of app.routes) {
    if (method === 'ALL' || path.includes('*')) continue
    methods.set(path, (methods.get(path) ?? new Set()).add(method))
  }
  for (const [path, known] of methods)
    app.all(path, (c) => {
      c.header('allow', [...known].join(', '))
      return refusedAnswer(c, refuse('method_not_allowed', { allow: [...known] }))
    })
  app.all('/api/*', (c) => refusedAnswer(c, refuse('not_found')))
  app.notFound((c) => refusedAnswer(c, refuse('not_found')))
}
