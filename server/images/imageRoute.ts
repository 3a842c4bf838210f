import type { OpenAPIHono } from '@hono/zod-openapi'
import type { BlobStore } from '#persistence/ports/blobStore.ts'
import { refuse } from '#schemas/refusals.ts'
import type { ApiEnv } from '#server/http/apiEnv.ts'
import { refusedAnswer } from '#server/http/envelope.ts'
import { IMAGE_TYPE } from './makeImage.ts'

/** A reference, with `-s` for the small one. Nobody can guess another's, and a reference never means another image. */
const FILE = /^[A-Za-z0-9_-]{22}(-s)?$/

const headers = {
  'content-type': IMAGE_TYPE,
  // A day, not for ever: an image that was taken back should also go from caches.
  'cache-control': 'public, max-age=86400, immutable',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'content-disposition': 'inline',
}

/** The images of people and groups: public, for whoever has the reference. Only what we made ourselves is ever served here. */
export function imageRoute(app: OpenAPIHono<ApiEnv>, blobs: BlobStore): void {
  app.get('/avatars/:file', async (c) => {
    const file = c.req.param('file')
    if (!FILE.test(file)) return refusedAnswer(c, refuse('not_found'))
    const etag = `"${file}"`
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, { ...headers, etag })
    const bytes = await blobs.read(`avatar/${file}`)
    if (!bytes) return refusedAnswer(c, refuse('not_found'))
    return c.body(new Uint8Array(bytes), 200, { ...headers, etag })
  })
}
