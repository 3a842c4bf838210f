import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { CALL_MS, type S3Settings, s3Client, statusOf, within } from '../blobs/s3Client.ts'
import type { Lease } from './holdLease.ts'

const KEY = 'lease/one-process'
type Kept = { readonly owner: string; readonly until: number }

/** One object, written only where it still is as it was read; by this machine's clock. `close` when it is not held any more. */
export function s3Lease(settings: S3Settings): Lease & { close(): Promise<void> } {
  const client = s3Client(settings)
  const ref = { Bucket: settings.bucket, Key: KEY }
  const read = () =>
    within(CALL_MS, async (abortSignal): Promise<{ kept: Kept; etag: string | undefined } | null> => {
      try {
        const { Body, ETag } = await client.send(new GetObjectCommand(ref), { abortSignal })
        return { kept: JSON.parse((await Body?.transformToString()) ?? '{}') as Kept, etag: ETag }
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return null
        throw error
      }
    })
  const write = (kept: Kept, before: { etag: string | undefined } | null) =>
    within(CALL_MS, async (abortSignal) => {
      const condition = before ? { IfMatch: before.etag } : { IfNoneMatch: '*' }
      const command = new PutObjectCommand({ ...ref, Body: JSON.stringify(kept), ...condition })
      try {
        await client.send(command, { abortSignal })
        return true
      } catch (error) {
        if (statusOf(error) === 412 || statusOf(error) === 409) return false
        throw error
      }
    })
  return {
    async take(owner, leaseMs) {
      const found = await read()
      const now = Date.now()
      if (found && found.kept.owner !== owner && found.kept.until >= now) return false
      if (await write({ owner, until: now + leaseMs }, found)) return true
      // Also what we wrote ourselves, where its answer was lost, stands in the way of the condition.
      return (await read())?.kept.owner === owner
    },
    async free(owner) {
      const found = await read()
      if (found?.kept.owner === owner) await write({ owner: '', until: 0 }, found)
    },
    async close() {
      client.destroy()
    },
  }
}
