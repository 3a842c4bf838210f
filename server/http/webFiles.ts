import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { refuse } from '#schemas/refusals.ts'
import type { ApiEnv } from './apiEnv.ts'
import { refusedAnswer } from './envelope.ts'

const FOREVER = 'public, max-age=31536000, immutable'

/**
 * The built web client: files named by their content for ever, everything else asked for anew; every other path is a
 * screen of the client and gets its index. A missing file below /assets is missing, not a screen.
 */
export function webFiles(app: OpenAPIHono<ApiEnv>, dist: string): void {
  if (!existsSync(join(dist, 'index.html'))) {
    app.get('/', (c) => c.text('The web client is not built. Run: npm run build', 503))
    return
  }
  const named = (path: string) => (path.includes('/assets/') ? FOREVER : 'no-cache')
  app.get(
    '/*',
    serveStatic({ root: dist, precompressed: true, onFound: (path, c) => c.header('cache-control', named(path)) }),
  )
  app.get('/assets/*', (c) => refusedAnswer(c, refuse('not_found')))
  app.get(
    '/*',
    serveStatic({
      root: dist,
      path: 'index.html',
      precompressed: true,
      onFound: (_, c) => c.header('cache-control', 'no-cache'),
    }),
  )
}
