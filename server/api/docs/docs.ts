import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { compress } from 'hono/compress'
import type { ApiEnv } from '#server/http/apiEnv.ts'
import { page, start } from './page.ts'

const A_DAY = 'private, max-age=86400'

/** Files of the library, from its package: nothing comes from another host, so the ordinary content policy holds. */
const files = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
} as const

/** A page to read the API and to try it as whoever is signed in (P2), made from the same document. Nothing of it is in the web client. */
export function docsPage(app: OpenAPIHono<ApiEnv>): void {
  app.use('/api/docs/*', compress())
  app.get('/api/docs', (c) => c.html(page))
  app.get('/api/docs/start.js', (c) => c.body(start, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  for (const [name, type] of Object.entries(files)) {
    let read: Promise<Buffer<ArrayBuffer>> | undefined
    app.get(`/api/docs/${name}`, async (c) => {
      read ??= readFile(fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`)))
      return c.body(await read, 200, { 'content-type': type, 'cache-control': A_DAY })
    })
  }
}
