import { randomBytes } from 'node:crypto'
import { CreateMultipartUploadCommand, ListMultipartUploadsCommand, UploadPartCommand } from '@aws-sdk/client-s3'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { blobStoreContract } from './blobStore.contract.ts'
import { s3BlobStore } from './s3BlobStore.ts'
import { type S3Settings, s3Client } from './s3Client.ts'
import { PART_BYTES } from './s3Uploads.ts'
import { s3ForTest } from './testing/s3ForTest.ts'

blobStoreContract('S3', async () => {
  const settings = await s3ForTest()
  let store = s3BlobStore(settings)
  return {
    store,
    fetch,
    async reopen() {
      await store.close()
      store = s3BlobStore(settings)
      return store
    },
    dispose: () => store.close(),
  }
})

let settings: S3Settings
beforeAll(async () => {
  settings = await s3ForTest()
})
const open = () => {
  const store = s3BlobStore(settings)
  onTestFinished(() => store.close())
  return store
}
const client = () => {
  const made = s3Client(settings)
  onTestFinished(() => made.destroy())
  return made
}
const fresh = () => `file/${randomBytes(12).toString('hex')}`
const unfinished = async () =>
  (await client().send(new ListMultipartUploadsCommand({ Bucket: settings.bucket }))).Uploads?.map((it) => it.Key) ?? []
async function* pieces(body: Uint8Array, size: number, brokenAt = Number.POSITIVE_INFINITY) {
  for (let at = 0; at < body.byteLength; at += size) {
    if (at >= brokenAt) throw new Error('the source broke')
    yield body.subarray(at, at + size)
  }
}

test('STORE-59: a large body goes up in parts, and comes back as it was', async () => {
  const store = open()
  const body = randomBytes(2 * PART_BYTES + 12_345)
  const key = fresh()
  expect(await store.putFrom(key, pieces(body, 1_000_003), 'video/mp4')).toBe(body.byteLength)
  expect(await store.head(key)).toEqual({ contentType: 'video/mp4', contentLength: body.byteLength })
  const got = await store.read(key)
  expect(got && Buffer.compare(got, body)).toBe(0)
  await store.put(key, body.subarray(0, PART_BYTES + 1), 'video/mp4')
  expect((await store.head(key))?.contentLength).toBe(PART_BYTES + 1)
  await store.delete(key)
  expect(await unfinished()).not.toContain(key)
}, 60_000)

test('STORE-59: a body that breaks after its first parts leaves neither an object nor parts', async () => {
  const store = open()
  const key = fresh()
  const body = randomBytes(2 * PART_BYTES)
  await expect(store.putFrom(key, pieces(body, PART_BYTES / 4, PART_BYTES * 1.5), 'video/mp4')).rejects.toThrow(
    'the source broke',
  )
  expect(await store.head(key)).toBeNull()
  expect(await unfinished()).not.toContain(key)
}, 60_000)

test('STORE-57: parts that a dead process left are swept by age, and what is newer stays', async () => {
  const s3 = client()
  const key = fresh()
  const ref = { Bucket: settings.bucket, Key: key }
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(ref))
  await s3.send(new UploadPartCommand({ ...ref, UploadId, PartNumber: 1, Body: new Uint8Array(10) }))
  const store = open()
  await store.sweep(60_000)
  expect(await unfinished()).toContain(key)
  // The server may tell whole seconds only.
  expect(await store.sweep(-1_000)).toBeGreaterThan(0)
  expect(await unfinished()).not.toContain(key)
  expect(await store.head(key)).toBeNull()
})

test('STORE-51: type and length are part of the signature: anything else is refused by the server itself', async () => {
  const store = open()
  const key = fresh()
  const { url, headers } = await store.signUpload(key, { contentType: 'image/png', contentLength: 5, expiresIn: 60 })
  const names = new URL(url).searchParams.get('X-Amz-SignedHeaders')?.split(';')
  expect(names).toEqual(expect.arrayContaining(['content-length', 'content-type']))
  const put = (more: Record<string, string>, body: string) =>
    fetch(url, { method: 'PUT', headers: { ...headers, ...more }, body })
  expect((await put({ 'content-type': 'text/html' }, 'hello')).status).toBe(403)
  expect((await put({}, 'hello!')).status).toBe(403)
  expect((await put({ 'content-disposition': 'inline; filename=x.html' }, 'hello')).status).toBe(403)
  expect(await store.head(key)).toBeNull()
  expect((await put({}, 'hello')).status).toBe(200)
})

test('STORE-53: a URL is refused once its time is over', async () => {
  const store = open()
  const key = fresh()
  await store.put(key, new Uint8Array(1), 'image/png')
  const { url } = await store.signDownload(key, { expiresIn: 1 })
  expect((await fetch(url)).status).toBe(200)
  let status = 200
  while (status === 200) status = (await fetch(url)).status
  expect(status).toBe(403)
})

test('STORE-58: what is not to be shown is downloaded, whoever put it, and caches keep nothing', async () => {
  const store = open()
  const tell = async (key: string, downloadName?: string) => {
    const { url } = await store.signDownload(key, { expiresIn: 60, ...(downloadName && { downloadName }) })
    const { headers } = await fetch(url)
    return [headers.get('content-disposition'), headers.get('cache-control')]
  }
  const [page, image, uploaded] = [fresh(), fresh(), fresh()]
  await store.put(page, new Uint8Array(1), 'text/html')
  await store.put(image, new Uint8Array(1), 'image/png')
  const up = await store.signUpload(uploaded, { contentType: 'image/svg+xml', contentLength: 1, expiresIn: 60 })
  await fetch(up.url, { method: 'PUT', headers: up.headers, body: 'x' })
  expect(await tell(page)).toEqual(['attachment', 'private, no-store'])
  expect(await tell(uploaded)).toEqual(['attachment', 'private, no-store'])
  expect(await tell(image)).toEqual(['inline', 'private, no-store'])
  expect((await tell(image, 'a.png'))[0]).toBe("attachment; filename*=UTF-8''a.png")
})

test('STORE-54: signed URLs name the address that browsers reach, and a wrong bucket or key is told at the check', async () => {
  const outside = s3BlobStore({ ...settings, publicEndpoint: 'https://files.study.example' })
  const { url } = await outside.signDownload(fresh(), { expiresIn: 60 })
  expect(new URL(url).origin).toBe('https://files.study.example')
  await open().check()
  await expect(s3BlobStore({ ...settings, bucket: 'no-such-bucket' }).check()).rejects.toThrow()
  await expect(s3BlobStore({ ...settings, secretAccessKey: 'wrong' }).check()).rejects.toThrow()
  await outside.close()
})
