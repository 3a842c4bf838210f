import type { BlobStore } from '../ports/blobStore.ts'
import { blobFiles, HEADER_BYTES } from './blobFiles.ts'
import { assertBlobKey } from './blobKey.ts'
import { BLOB_PATH, blobRequests } from './blobRequests.ts'
import { signedQuery } from './blobSignature.ts'
import { assertUpload, expiryOf } from './signingLimits.ts'

export type DiskBlobStore = BlobStore & {
  /** Serves the signed URLs: to be mounted at `/blobs/*`, without body limits before it. */
  handleBlobRequest(request: Request): Promise<Response>
}

/**
 * Blobs in a folder. `secret` signs the URLs and must outlive the process, or URLs given before a restart are refused;
 * `origin` is put before them (empty: the page's own). `now` is milliseconds of the wall clock.
 */
export function diskBlobStore(opts: {
  readonly folder: string
  readonly secret: string
  readonly origin?: string
  readonly now?: () => number
}): DiskBlobStore {
  const { folder, secret, origin = '', now = Date.now } = opts
  if (secret.length < 32) throw new RangeError('the secret of the blob URLs needs 32 characters')
  const files = blobFiles(folder)
  const urlOf = (key: string, query: string) => `${origin}${BLOB_PATH}${key}?${query}`

  return {
    async signUpload(key, { contentType, contentLength, expiresIn }) {
      assertUpload(key, { contentType, contentLength })
      const expiresAt = expiryOf(now(), expiresIn)
      const query = signedQuery(secret, { method: 'PUT', key, expiresAt, contentType, contentLength })
      return { url: urlOf(key, query), method: 'PUT', headers: { 'content-type': contentType }, expiresAt }
    },
    async signDownload(key, { expiresIn, downloadName = null }: { expiresIn: number; downloadName?: string | null }) {
      assertBlobKey(key)
      const expiresAt = expiryOf(now(), expiresIn)
      const query = signedQuery(secret, { method: 'GET', key, expiresAt, downloadName })
      return { url: urlOf(key, query), method: 'GET', headers: {}, expiresAt }
    },
    async head(key) {
      const object = await files.open(key)
      await object?.file.close()
      return object?.head ?? null
    },
    async read(key, range) {
      const object = await files.open(key)
      if (!object) return null
      try {
        const start = Math.min(range?.start ?? 0, object.head.contentLength)
        const end = Math.max(start, Math.min(range?.end ?? object.head.contentLength, object.head.contentLength))
        const bytes = new Uint8Array(end - start)
        await object.file.read(bytes, 0, bytes.length, HEADER_BYTES + start)
        return bytes
      } finally {
        await object.file.close()
      }
    },
    async put(key, body, contentType) {
      await files.write(key, contentType, body.byteLength, [body])
    },
    putFrom: (key, body, contentType) => files.write(key, contentType, null, body),
    delete: (key) => files.remove(key),
    list: (kind, after, limit) => files.list(kind, after, limit, now()),
    sweep: (olderThanMs) => files.sweep(olderThanMs, now()),
    async close() {},
    handleBlobRequest: blobRequests(files, secret, now),
  }
}
