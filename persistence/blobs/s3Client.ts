import { addAbortSignal, type Readable } from 'node:stream'
import { S3Client, type S3ClientConfig, S3ServiceException } from '@aws-sdk/client-s3'
import { StoreUnavailable } from '../ports/storeUnavailable.ts'

export type S3Settings = {
  readonly endpoint: string
  /** Where browsers reach the same server, if elsewhere: signed URLs name this one. */
  readonly publicEndpoint?: string | undefined
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** The bucket in the path instead of the host name: what servers other than Amazon's mostly want. */
  readonly pathStyle: boolean
}

/** The blob store did not answer in time. */
export class BlobsTooSlow extends StoreUnavailable {
  override readonly name = 'BlobsTooSlow'
}

/** A call without much of a body, and what a slow server may take for one beside that. */
export const CALL_MS = 2_000
const MS_PER_MB = 1_000
export const limitFor = (bytes: number): number => CALL_MS + Math.ceil(bytes / (1024 * 1024)) * MS_PER_MB

/** Outermost limit of silence on a connection; the calls' own limits are shorter. Putting a large object together takes its time. */
const SILENCE_MS = 30_000
const CONNECT_MS = 1_000

const configOf = (s: S3Settings, endpoint: string): S3ClientConfig => ({
  endpoint,
  region: s.region,
  forcePathStyle: s.pathStyle,
  credentials: { accessKeyId: s.accessKeyId, secretAccessKey: s.secretAccessKey },
})

/** The client of the server's own calls: one repetition where the server says that it is busy, all inside the call's limit. */
export const s3Client = (settings: S3Settings): S3Client =>
  new S3Client({
    ...configOf(settings, settings.endpoint),
    maxAttempts: 2,
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
  })

/** Signs URLs and sends nothing. By default it would sign the checksum of an empty body, which no upload has. */
export const s3Signer = (settings: S3Settings): S3Client =>
  new S3Client({
    ...configOf(settings, settings.publicEndpoint ?? settings.endpoint),
    requestChecksumCalculation: 'WHEN_REQUIRED',
  })

/**
 * Runs one call, its body included, within `ms`; without a limit a server that is frozen would be waited for without end.
 * Rejects with `BlobsTooSlow` then, and with `StoreUnavailable` where there is no server or it is out of order.
 */
export async function within<T>(ms: number, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(ms)
  try {
    return await call(signal)
  } catch (error) {
    if (signal.aborted) throw new BlobsTooSlow(`no answer of the blob store in ${ms} ms`, { cause: error })
    throw isAway(error) ? new StoreUnavailable('the blob store is away', { cause: error }) : error
  }
}

/** All bytes of an answer; the limit holds for them too. */
export async function bytesOf(body: Readable, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of addAbortSignal(signal, body)) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}

const isAway = (error: unknown): boolean => {
  const status = statusOf(error)
  if (status !== undefined) return status >= 500
  // The system's words for a connection that was not made or broke.
  return error instanceof Error && 'code' in error && /^E[A-Z]+$/.test(String(error.code))
}

export const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
