import type { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { BlobStore } from '../ports/blobStore.ts'
import { assertContentType } from './blobFiles.ts'
import { assertBlobKey, assertKind } from './blobKey.ts'
import { bytesOf, CALL_MS, limitFor, type S3Settings, s3Client, s3Signer, statusOf, within } from './s3Client.ts'
import { PART_BYTES, putWhole, sweepUploads, uploadParts } from './s3Uploads.ts'
import { dispositionOf } from './servedHeaders.ts'
import { assertUpload, expiryOf, MAX_BLOB_BYTES } from './signingLimits.ts'

/** Kept beside the object: S3 answers with it, so what must not be shown is not shown. */
const CACHE = 'private, no-store'

export type S3BlobStore = BlobStore & {
  /** Rejects if the bucket cannot be reached, is not there, or is not ours to use. */
  check(): Promise<void>
}

/**
 * Blobs in a bucket of any server that speaks S3. Uploads and downloads by signed URL go to that server, not through us.
 * Every call has a time limit (`BlobsTooSlow`); what S3 says against it rejects as it is.
 */
export function s3BlobStore(settings: S3Settings): S3BlobStore {
  const { bucket: Bucket } = settings
  const client = s3Client(settings)
  const signer = s3Signer(settings)
  const objectOf = (key: string, contentType: string) => {
    assertBlobKey(key)
    assertContentType(contentType)
    const ContentDisposition = dispositionOf(contentType, null)
    return { Bucket, Key: key, ContentType: contentType, ContentDisposition, CacheControl: CACHE }
  }

  return {
    async signUpload(key, { contentType, contentLength, expiresIn }) {
      assertUpload(key, { contentType, contentLength })
      const expiresAt = expiryOf(Date.now(), expiresIn)
      const object = objectOf(key, contentType)
      const command = new PutObjectCommand({ ...object, ContentLength: contentLength })
      // By itself the type is not signed: anything could be uploaded as anything. Headers that are signed are sent by the client.
      const signed = new Set(['content-type', 'content-length', 'content-disposition', 'cache-control'])
      const url = await getSignedUrl(signer, command, {
        expiresIn,
        signableHeaders: signed,
        unhoistableHeaders: signed,
      })
      const headers = {
        'content-type': contentType,
        'content-disposition': object.ContentDisposition,
        'cache-control': CACHE,
      }
      return { url, method: 'PUT', headers, expiresAt }
    },
    async signDownload(key, { expiresIn, downloadName }) {
      assertBlobKey(key)
      const expiresAt = expiryOf(Date.now(), expiresIn)
      const named = downloadName !== undefined && { ResponseContentDisposition: dispositionOf('', downloadName) }
      const command = new GetObjectCommand({ Bucket, Key: key, ResponseCacheControl: CACHE, ...named })
      return { url: await getSignedUrl(signer, command, { expiresIn }), method: 'GET', headers: {}, expiresAt }
    },
    async head(key) {
      assertBlobKey(key)
      const found = await absentAsNull(call((limit) => client.send(new HeadObjectCommand({ Bucket, Key: key }), limit)))
      return found && { contentType: found.ContentType ?? '', contentLength: found.ContentLength ?? 0 }
    },
    async read(key, range) {
      assertBlobKey(key)
      // An empty range cannot be asked for; whether the object is there has to be told all the same.
      if (range && range.end <= range.start) return (await this.head(key)) && new Uint8Array()
      const command = new GetObjectCommand({
        ...{ Bucket, Key: key },
        ...(range && { Range: `bytes=${range.start}-${range.end - 1}` }),
      })
      const got = call((limit) => client.send(command, limit)).then(({ Body, ContentLength = MAX_BLOB_BYTES }) =>
        within(limitFor(ContentLength), (signal) => bytesOf(Body as Readable, signal)),
      )
      return absentAsNull(
        got.catch((error: unknown) => {
          if (statusOf(error) === 416) return new Uint8Array()
          throw error
        }),
      )
    },
    async put(key, body, contentType) {
      const object = objectOf(key, contentType)
      if (body.byteLength <= PART_BYTES) await putWhole(client, object, body)
      else await uploadParts(client, object, onlyOne(body))
    },
    putFrom: async (key, body, contentType) => uploadParts(client, objectOf(key, contentType), body),
    async delete(key) {
      assertBlobKey(key)
      await call((limit) => client.send(new DeleteObjectCommand({ Bucket, Key: key }), limit))
    },
    async list(kind, after, limit) {
      assertKind(kind)
      const page = { Bucket, Prefix: `${kind}/`, MaxKeys: limit, ...(after !== '' && { StartAfter: after }) }
      const { Contents = [] } = await call((signal) => client.send(new ListObjectsV2Command(page), signal))
      const now = Date.now()
      return Contents.map(({ Key = '', LastModified }) => ({
        key: Key,
        ageMs: LastModified ? now - LastModified.getTime() : 0,
      }))
    },
    sweep: (olderThanMs) => sweepUploads(client, Bucket, Date.now() - olderThanMs),
    async check() {
      await call((limit) => client.send(new HeadBucketCommand({ Bucket }), limit))
    },
    async close() {
      client.destroy()
      signer.destroy()
    },
  }
}

const call = <T>(send: (limit: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> =>
  within(CALL_MS, (abortSignal) => send({ abortSignal }))

async function absentAsNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found
  } catch (error) {
    // A bucket that is away is no absent object; only HEAD cannot tell them apart.
    if (error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound')) return null
    throw error
  }
}

async function* onlyOne(body: Uint8Array) {
  yield body
}
