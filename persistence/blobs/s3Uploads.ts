import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandInput,
  type ListMultipartUploadsCommandOutput,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { CALL_MS, limitFor, statusOf, within } from './s3Client.ts'

/** A body of more than this goes up in parts of it; one part at a time is held in memory. */
export const PART_BYTES = 16 * 1024 * 1024

/** The server copies the parts into one object before it answers. */
const COMPLETE_MS = 30_000

type ObjectParams = Readonly<Record<'Bucket' | 'Key' | 'ContentType' | 'ContentDisposition' | 'CacheControl', string>>

/**
 * Puts a body of unknown length, and says how long it was. When anything fails, the body too, nothing is visible; parts whose
 * removal fails with it are swept later.
 */
export async function uploadParts(
  client: S3Client,
  object: ObjectParams,
  body: AsyncIterable<Uint8Array>,
): Promise<number> {
  let upload: { readonly UploadId: string } | null = null
  const parts: CompletedPart[] = []
  let length = 0
  const { Bucket, Key } = object
  try {
    for await (const { bytes, last } of inParts(body)) {
      length += bytes.byteLength
      if (last && upload === null) {
        await putWhole(client, object, bytes)
        return length
      }
      upload ??= await begin(client, object)
      parts.push(await putPart(client, { Bucket, Key, ...upload }, parts.length + 1, bytes))
    }
    if (!upload) throw new Error('a body in parts has a last one')
    await complete(client, { Bucket, Key, ...upload }, parts)
    return length
  } catch (error) {
    // The sweep takes what stays.
    if (upload) await abort(client, { Bucket, Key, ...upload }).catch(() => {})
    throw error
  }
}

export async function putWhole(client: S3Client, object: ObjectParams, bytes: Uint8Array): Promise<void> {
  const command = new PutObjectCommand({ ...object, Body: bytes, ContentLength: bytes.byteLength })
  await within(limitFor(bytes.byteLength), (abortSignal) => client.send(command, { abortSignal }))
}

/** Ends uploads in parts that began before `before` (wall clock), the bucket's own rules for it being no part of every server. */
export async function sweepUploads(client: S3Client, Bucket: string, before: number): Promise<number> {
  let swept = 0
  let markers: Pick<ListMultipartUploadsCommandInput, 'KeyMarker' | 'UploadIdMarker'> | null = null
  do {
    const page: ListMultipartUploadsCommand = new ListMultipartUploadsCommand({ Bucket, ...markers })
    const found: ListMultipartUploadsCommandOutput = await within(CALL_MS, (abortSignal) =>
      client.send(page, { abortSignal }),
    )
    for (const { Key, UploadId, Initiated } of found.Uploads ?? []) {
      if (!Key || !UploadId || !Initiated || Initiated.getTime() > before) continue
      await abort(client, { Bucket, Key, UploadId })
      swept++
    }
    markers = found.IsTruncated ? { KeyMarker: found.NextKeyMarker, UploadIdMarker: found.NextUploadIdMarker } : null
  } while (markers)
  return swept
}

type UploadRef = { readonly Bucket: string; readonly Key: string; readonly UploadId: string }

async function begin(client: S3Client, object: ObjectParams): Promise<{ readonly UploadId: string }> {
  const command = new CreateMultipartUploadCommand({ ...object, ChecksumAlgorithm: 'CRC32' })
  const { UploadId } = await within(CALL_MS, (abortSignal) => client.send(command, { abortSignal }))
  if (!UploadId) throw new Error('the blob store gave an upload without an id')
  return { UploadId }
}

async function complete(client: S3Client, upload: UploadRef, Parts: CompletedPart[]): Promise<void> {
  const command = new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } })
  await within(COMPLETE_MS, (abortSignal) => client.send(command, { abortSignal }))
}

async function putPart(
  client: S3Client,
  upload: UploadRef,
  PartNumber: number,
  Body: Uint8Array,
): Promise<CompletedPart> {
  const command = new UploadPartCommand({ ...upload, PartNumber, Body, ChecksumAlgorithm: 'CRC32' })
  const done = await within(limitFor(Body.byteLength), (abortSignal) => client.send(command, { abortSignal }))
  return { PartNumber, ETag: done.ETag, ChecksumCRC32: done.ChecksumCRC32 }
}

/** One that is gone already is as good. */
async function abort(client: S3Client, upload: UploadRef): Promise<void> {
  try {
    const command = new AbortMultipartUploadCommand(upload)
    await within(CALL_MS, (abortSignal) => client.send(command, { abortSignal }))
  } catch (error) {
    if (statusOf(error) !== 404) throw error
  }
}

/** Whole parts of the body, the last one shorter and marked; an empty body is one empty part. */
async function* inParts(body: AsyncIterable<Uint8Array>): AsyncGenerator<{ bytes: Uint8Array; last: boolean }> {
  let held: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    for (let rest = chunk; rest.byteLength > 0; ) {
      if (size === PART_BYTES) {
        yield { bytes: Buffer.concat(held), last: false }
        held = []
        size = 0
      }
      const taken = rest.subarray(0, PART_BYTES - size)
      held.push(taken)
      size += taken.byteLength
      rest = rest.subarray(taken.byteLength)
    }
  }
  yield { bytes: Buffer.concat(held), last: true }
}
