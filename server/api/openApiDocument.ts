import type { OpenAPIHono } from '@hono/zod-openapi'
import { cookieName } from '#server/accounts/sessionCookie.ts'
import type { ApiEnv } from '#server/http/apiEnv.ts'

/** The document of all endpoints that were added (P2), made from the same schemas that check requests. */
export function openApiDocument(app: OpenAPIHono<ApiEnv>): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: cookieName(false),
    description: 'Set by sign-in. Over https its name begins with __Secure-.',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'An access token, for clients without cookies.',
  })
  const document = (): object =>
    app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'StudyHub',
        version: '0.1.0',
        description:
          'Every error has one body: a code that is documented per status, a sentence for developers, details.',
      },
      servers: [{ url: '/' }],
    })
  let made: object | undefined
  app.get('/api/openapi.json', (c) => {
    made ??= document()
    return c.json(made)
  })
}
