import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RealServer, startServer } from '../../ops/servers/startServer.ts'
import type { BlobStore } from '../ports/blobStore.ts'
import { StoreUnavailable } from '../ports/storeUnavailable.ts'
import { took } from '../testing/took.ts'
import { s3BlobStore } from './s3BlobStore.ts'
import { BlobsTooSlow } from './s3Client.ts'
import { PART_BYTES } from './s3Uploads.ts'
import { s3SettingsOf } from './testing/s3ForTest.ts'

let server: RealServer
let data: string
let store: BlobStore
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 's3-data-'))
  server = await startServer('s3', '--data', data)
  store = s3BlobStore(s3SettingsOf(server.settings))
})
afterAll(async () => {
  await store.close()
  await server.stop()
  await rm(data, { recursive: true, force: true })
})

const bytes = new Uint8Array(1000).fill(7)

test('STORE-60: a frozen server fails every call within its limit; afterwards all works again', async () => {
  await store.put('file/before-it', bytes, 'text/plain')
  await server.pause()
  async function* large() {
    for (let i = 0; i < 3; i++) yield new Uint8Array(PART_BYTES)
  }
  const calls = await Promise.all([
    took(store.head('file/before-it')),
    took(store.read('file/before-it')),
    took(store.put('file/meanwhile', bytes, 'text/plain')),
    took(store.putFrom('file/in-parts', large(), 'video/mp4')),
    took(store.delete('file/before-it')),
    took(store.sweep(0)),
  ])
  // Signing asks nobody.
  await store.signDownload('file/before-it', { expiresIn: 60 })
  await server.resume()
  for (const { ms, error } of calls) {
    expect(error).toBeInstanceOf(BlobsTooSlow)
    expect(ms).toBeLessThan(4_000)
  }
  await store.put('file/afterwards', bytes, 'text/plain')
  expect(await store.read('file/afterwards')).toEqual(bytes)
})

test('STORE-60: a killed server is told at once; what was confirmed is there when it is back', async () => {
  const kept: string[] = []
  for (let i = 0; i < 20; i++) {
    await store.put(`file/kept-${i}-kept`, bytes, 'text/plain')
    kept.push(`file/kept-${i}-kept`)
  }
  const during = took(store.put('file/torn-torn', new Uint8Array(PART_BYTES), 'text/plain'))
  await server.kill()
  await during
  const { ms, error } = await took(store.head(kept[0] ?? ''))
  expect(error).toBeInstanceOf(StoreUnavailable)
  expect(ms).toBeLessThan(2_500)
  await server.start()
  for (const key of kept) expect(await store.read(key)).toEqual(bytes)
  // Whole or not there.
  expect([undefined, PART_BYTES]).toContain((await store.head('file/torn-torn'))?.contentLength)
})

test('STORE-60: what the store refuses rejects, nothing is visible, and later it works', async () => {
  await rename(join(data, 'studyhub'), join(data, 'elsewhere'))
  await expect(store.put('file/refused-it', bytes, 'text/plain')).rejects.toThrow()
  await expect(store.read('file/kept-0-kept')).rejects.toThrow(/bucket/i)
  await rename(join(data, 'elsewhere'), join(data, 'studyhub'))
  expect(await store.head('file/refused-it')).toBeNull()
  await store.put('file/refused-it', bytes, 'text/plain')
  expect(await store.read('file/refused-it')).toEqual(bytes)
})
