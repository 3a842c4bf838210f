import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { blobStoreContract } from './blobStore.contract.ts'
import { diskBlobStore } from './diskBlobStore.ts'
import { serveBlobs } from './testing/serveBlobs.ts'

const secret = 'a secret of the tests, long enough.'

async function served(now: () => number = Date.now) {
  const folder = mkdtempSync(join(tmpdir(), 'blobs-'))
  const open = () => diskBlobStore({ folder, secret, now })
  let store = open()
  const server = await serveBlobs((r) => store.handleBlobRequest(r))
  return {
    folder,
    store,
    port: server.port,
    fetch: server.fetch,
    async reopen() {
      await store.close()
      store = open()
      return store
    },
    async dispose() {
      await store.close()
      await server.close()
      rmSync(folder, { recursive: true })
    },
  }
}

blobStoreContract('disk', served)

async function open(now?: () => number) {
  const made = await served(now)
  onTestFinished(made.dispose)
  return made
}

test('STORE-53: a URL is refused once its time is over', async () => {
  let now = 1_000_000
  const { store, fetch } = await open(() => now)
  await store.put('file/aaaaaaaa', new Uint8Array(1), 'image/png')
  const { url } = await store.signDownload('file/aaaaaaaa', { expiresIn: 10 })
  now += 9_999
  expect((await fetch(url)).status).toBe(200)
  now += 1
  expect((await fetch(url)).status).toBe(403)
  const other = diskBlobStore({ folder: 'unused', secret: secret.toUpperCase(), now: () => now })
  const forged = await other.signDownload('file/aaaaaaaa', { expiresIn: 10 })
  expect((await fetch(forged.url)).status).toBe(403)
})

test('STORE-51: an upload that breaks off is never seen and leaves nothing', async () => {
  const { store, port, folder, fetch } = await open()
  const { url, headers } = await store.signUpload('file/aaaaaaaa', {
    contentType: 'image/png',
    contentLength: 10,
    expiresIn: 9,
  })
  const upload = request({
    port,
    host: '127.0.0.1',
    path: url,
    method: 'PUT',
    headers: { ...headers, 'content-length': 10 },
  })
  upload.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => upload.once('close', resolve))
  upload.write('half!')
  const uploads = join(folder, 'uploads')
  await expect.poll(() => existsSync(uploads) && readdirSync(uploads).length).toBe(1)
  expect(await store.head('file/aaaaaaaa')).toBeNull()
  upload.destroy()
  await closed
  await expect.poll(() => readdirSync(uploads).length).toBe(0)
  expect(await store.head('file/aaaaaaaa')).toBeNull()
  expect((await fetch(url, { method: 'PUT', headers, body: 'whole body'.slice(0, 10) })).status).toBe(201)
})

test('STORE-57: unfinished uploads of a process that died are swept by age', async () => {
  const { store, folder } = await open()
  const uploads = join(folder, 'uploads')
  await mkdir(uploads)
  for (const name of ['old', 'young']) writeFileSync(join(uploads, name), 'half')
  utimesSync(join(uploads, 'old'), 1, 1)
  expect(await store.sweep(60_000)).toBe(1)
  expect(readdirSync(uploads)).toEqual(['young'])
})

test.each([
  ['image/png', 'inline'],
  ['application/pdf', 'inline'],
  ['image/svg+xml', 'attachment'],
  ['text/html', 'attachment'],
])('STORE-58: %s is served as %s, never sniffed, without rights', async (contentType, disposition) => {
  const { store, fetch } = await open()
  await store.put('file/aaaaaaaa', new TextEncoder().encode('<script>'), contentType)
  const { headers } = await fetch((await store.signDownload('file/aaaaaaaa', { expiresIn: 9 })).url)
  expect(headers.get('content-disposition')).toBe(disposition)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('cache-control')).toBe('private, no-store')
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(headers.get('content-security-policy')?.includes('sandbox')).toBe(contentType !== 'application/pdf')
})

test('STORE-54: no path leads out of the folder', async () => {
  const { fetch, store } = await open()
  for (const path of [
    '/blobs/../../etc/passwd',
    '/blobs/file/..%2f..%2fetc%2fpasswd',
    '/blobs/file/%2e%2e/aaaaaaaa',
    '/blobs//file/aaaaaaaa',
    '/other/file/aaaaaaaa',
  ]) {
    expect((await fetch(path)).status).toBe(404)
  }
  await expect(store.read('file/../../../../etc/passwd')).rejects.toThrow(RangeError)
})

test('STORE-55: HEAD answers like GET, without the bytes', async () => {
  const { fetch, store } = await open()
  await store.put('file/aaaaaaaa', new Uint8Array(7), 'image/png')
  const { url } = await store.signDownload('file/aaaaaaaa', { expiresIn: 9 })
  const head = await fetch(url, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length'), (await head.arrayBuffer()).byteLength]).toEqual([
    200,
    '7',
    0,
  ])
})

test('STORE-52: a guessable secret is not taken', () => {
  expect(() => diskBlobStore({ folder: 'unused', secret: 'short' })).toThrow(RangeError)
})
