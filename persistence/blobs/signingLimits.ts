import { assertContentType } from './blobFiles.ts'
import { assertBlobKey } from './blobKey.ts'
import { MAX_SECONDS } from './blobSignature.ts'

export const MAX_BLOB_BYTES = 100 * 1024 * 1024

/** Throws RangeError for an upload that no half signs. */
export function assertUpload(
  key: string,
  { contentType, contentLength }: { contentType: string; contentLength: number },
) {
  assertBlobKey(key)
  assertContentType(contentType)
  if (!Number.isInteger(contentLength) || contentLength < 1 || contentLength > MAX_BLOB_BYTES) {
    throw new RangeError('a blob has 1 byte to 100 MB')
  }
}

/** When a URL signed now is over; throws RangeError for a longer life than any may have. */
export function expiryOf(now: number, seconds: number): number {
  if (!(seconds > 0 && seconds <= MAX_SECONDS))
    throw new RangeError(`a signed URL lives ${MAX_SECONDS} seconds at most`)
  return now + Math.round(seconds * 1000)
}
