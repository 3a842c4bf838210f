import { createHmac, timingSafeEqual } from 'node:crypto'

export const MAX_SECONDS = 60

/** What a URL allows, bound by its signature: nothing of it can be changed, and nothing else is allowed. */
export type BlobGrant =
  | {
      readonly method: 'PUT'
      readonly key: string
      readonly expiresAt: number
      readonly contentType: string
      readonly contentLength: number
    }
  | { readonly method: 'GET'; readonly key: string; readonly expiresAt: number; readonly downloadName: string | null }

const partsOf = (grant: BlobGrant): readonly unknown[] =>
  grant.method === 'PUT'
    ? ['PUT', grant.key, grant.expiresAt, grant.contentType, grant.contentLength]
    : ['GET', grant.key, grant.expiresAt, grant.downloadName]

const hmac = (secret: string, grant: BlobGrant): Buffer =>
  createHmac('sha256', secret)
    .update(JSON.stringify(partsOf(grant)))
    .digest()

/** The query string that carries a grant. */
export function signedQuery(secret: string, grant: BlobGrant): string {
  const query = new URLSearchParams({ e: String(grant.expiresAt) })
  if (grant.method === 'PUT') {
    query.set('t', grant.contentType)
    query.set('l', String(grant.contentLength))
  } else if (grant.downloadName !== null) query.set('n', grant.downloadName)
  query.set('s', hmac(secret, grant).toString('base64url'))
  return query.toString()
}

/** The grant for this method and key that a query carries; null if it is forged, for something else, or over. */
export function verifiedGrant(
  secret: string,
  method: 'PUT' | 'GET',
  key: string,
  query: URLSearchParams,
  now: number,
): BlobGrant | null {
  const expiresAt = Number(query.get('e'))
  const common = { key, expiresAt }
  const grant: BlobGrant =
    method === 'PUT'
      ? { ...common, method, contentType: query.get('t') ?? '', contentLength: Number(query.get('l')) }
      : { ...common, method, downloadName: query.get('n') }
  const given = Buffer.from(query.get('s') ?? '', 'base64url')
  const right = hmac(secret, grant)
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null
  return expiresAt > now ? grant : null
}
