/**
 * Private objects with signed URLs. Keys are `kind/id` with a random id; nothing is public. A signed upload binds key,
 * content type and exact content length: anything else is refused and leaves nothing behind.
 */
export interface BlobStore {
  /** URL for one PUT of exactly `contentLength` bytes (≤ 100 MB) with `contentType`; `expiresIn` seconds, 60 at most. */
  signUpload(key: string, opts: { contentType: string; contentLength: number; expiresIn: number }): Promise<SignedUrl>
  /** URL for GETs; `expiresIn` seconds, 60 at most. `downloadName` sets content-disposition. */
  signDownload(key: string, opts: { expiresIn: number; downloadName?: string }): Promise<SignedUrl>
  /** Size and type of a stored object, or null. A half upload is never visible. */
  head(key: string): Promise<BlobHead | null>
  /** First bytes (type sniffing) or all; `end` is not in it; null if absent. */
  read(key: string, range?: { start: number; end: number }): Promise<Uint8Array | null>
  put(key: string, body: Uint8Array, contentType: string): Promise<void>
  /** As `put`, for a body that is not held in memory; resolves with its length. A body that fails leaves nothing behind. */
  putFrom(key: string, body: AsyncIterable<Uint8Array>, contentType: string): Promise<number>
  delete(key: string): Promise<void>
  /** Whole objects of a kind with keys above `after`, ascending, `limit` (1,000 at most) at once. */
  list(kind: string, after: string, limit: number): Promise<readonly BlobEntry[]>
  /** Removes unfinished uploads older than `olderThanMs`; returns how many. */
  sweep(olderThanMs: number): Promise<number>
  close(): Promise<void>
}

export type SignedUrl = {
  readonly url: string
  readonly method: 'PUT' | 'GET'
  readonly headers: Readonly<Record<string, string>>
  readonly expiresAt: number
}
export type BlobHead = { readonly contentType: string; readonly contentLength: number }
export type BlobEntry = {
  readonly key: string
  /** Milliseconds since it was put. */
  readonly ageMs: number
}
