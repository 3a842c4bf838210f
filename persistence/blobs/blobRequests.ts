import { Readable } from 'node:stream'
import type { RefusalCode } from '#schemas/refusals.ts'
import { refusals } from '#schemas/refusals.ts'
import { type BlobFiles, HEADER_BYTES, WrongLength } from './blobFiles.ts'
import { isBlobKey } from './blobKey.ts'
import { type BlobGrant, verifiedGrant } from './blobSignature.ts'
import { byteRange } from './byteRange.ts'
import { servedHeaders } from './servedHeaders.ts'

export const BLOB_PATH = '/blobs/'

type Grant<M extends BlobGrant['method']> = Extract<BlobGrant, { method: M }>

/** Answers PUT, GET and HEAD on signed URLs. Disk failures reject; everything a client can do wrong is answered. */
export function blobRequests(files: BlobFiles, secret: string, now: () => number) {
  return async function handleBlobRequest(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const key = url.pathname.startsWith(BLOB_PATH) ? url.pathname.slice(BLOB_PATH.length) : ''
    if (!isBlobKey(key)) return refused('not_found')
    const { method } = request
    if (method !== 'PUT' && method !== 'GET' && method !== 'HEAD') {
      return new Response(null, { status: 405, headers: { allow: 'GET, HEAD, PUT' } })
    }
    const grant = verifiedGrant(secret, method === 'PUT' ? 'PUT' : 'GET', key, url.searchParams, now())
    if (!grant) return refused('forbidden')
    return grant.method === 'PUT' ? upload(request, grant) : download(request, grant)
  }

  async function upload(request: Request, grant: Grant<'PUT'>): Promise<Response> {
    if (request.headers.get('content-type') !== grant.contentType)
      return refused('invalid', 'another content type was signed')
    const length = request.headers.get('content-length')
    if (length === null || Number(length) !== grant.contentLength) {
      return refused(
        Number(length) > grant.contentLength ? 'too_large' : 'invalid',
        'another content length was signed',
      )
    }
    const body = readBody(request)
    try {
      await files.write(grant.key, grant.contentType, grant.contentLength, body.chunks)
      return new Response(null, { status: 201 })
    } catch (error) {
      if (error instanceof WrongLength) return refused(error.tooLong ? 'too_large' : 'invalid', error.message)
      if (body.broken()) return refused('invalid', 'the upload broke off')
      throw error
    }
  }

  async function download(request: Request, grant: Grant<'GET'>): Promise<Response> {
    const object = await files.open(grant.key)
    if (!object) return refused('not_found')
    const { file, head } = object
    const headers = servedHeaders(head, grant.downloadName)
    const range = byteRange(request.headers.get('range'), head.contentLength)
    if (range === 'unsatisfiable') {
      await file.close()
      return new Response(null, { status: 416, headers: { 'content-range': `bytes */${head.contentLength}` } })
    }
    const { first, last } = range ?? { first: 0, last: head.contentLength - 1 }
    headers['content-length'] = String(last - first + 1)
    if (range) headers['content-range'] = `bytes ${first}-${last}/${head.contentLength}`
    const status = range ? 206 : 200
    if (request.method === 'HEAD' || last < first) {
      await file.close()
      return new Response(null, { status, headers })
    }
    // The stream closes the file at its end, at an error, and when the client goes away.
    const bytes = file.createReadStream({ start: HEADER_BYTES + first, end: HEADER_BYTES + last })
    return new Response(Readable.toWeb(bytes) as ReadableStream<Uint8Array>, { status, headers })
  }
}

/** The body's chunks; `broken` says whether it was the client that failed. */
function readBody(request: Request): { chunks: AsyncIterable<Uint8Array>; broken: () => boolean } {
  let broken = false
  async function* chunks() {
    try {
      if (request.body) yield* request.body as ReadableStream<Uint8Array>
    } catch (error) {
      broken = true
      throw error
    }
  }
  return { chunks: chunks(), broken: () => broken }
}

const refused = (code: RefusalCode, message: string = code): Response =>
  Response.json({ error: { code, message } }, { status: refusals[code] })
