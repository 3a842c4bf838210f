import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BlobStore, SignedUrl } from '../ports/blobStore.ts'

/** Opens a store whose signed URLs are served by real HTTP; `fetch` resolves URLs that name no host. */
export type BlobStoreFactory = () => Promise<{
  store: BlobStore
  fetch(url: string, init?: RequestInit): Promise<Response>
  /** Closes the store and opens the same one again. */
  reopen(): Promise<BlobStore>
  dispose(): Promise<void>
}>

const bytes = (text: string) => new TextEncoder().encode(text)
const SECONDS = { expiresIn: 60 }

/** What every blob store must do; see STORE-50 to STORE-57. */
export function blobStoreContract(name: string, make: BlobStoreFactory): void {
  describe(`blob store contract: ${name}`, () => {
    let made: Awaited<ReturnType<BlobStoreFactory>>
    let store: BlobStore
    let keys = 0
    const freshKey = () => `file/contract-${++keys}`
    beforeAll(async () => {
      made = await make()
      store = made.store
    })
    afterAll(() => made.dispose())

    const send = (
      { url, method, headers }: SignedUrl,
      body: Uint8Array<ArrayBuffer>,
      more: Record<string, string> = {},
    ) => made.fetch(url, { method, headers: { ...headers, ...more }, body })
    const uploadUrl = (key: string, contentLength: number, contentType = 'image/png') =>
      store.signUpload(key, { contentType, contentLength, ...SECONDS })

    test('STORE-50: what is uploaded is there, whole, with its type, also after opening again', async () => {
      const key = freshKey()
      expect(await store.head(key)).toBeNull()
      expect(await store.read(key)).toBeNull()
      expect((await send(await uploadUrl(key, 5), bytes('hello'))).ok).toBe(true)
      store = await made.reopen()
      expect(await store.head(key)).toEqual({ contentType: 'image/png', contentLength: 5 })
      expect(await store.read(key)).toEqual(bytes('hello'))
      expect(await store.read(key, { start: 1, end: 3 })).toEqual(bytes('el'))
      expect(await store.read(key, { start: 0, end: 99 })).toEqual(bytes('hello'))
    })

    test('STORE-50: the server may put and delete by itself', async () => {
      const key = freshKey()
      await store.put(key, bytes('first'), 'text/plain')
      await store.put(key, bytes('again!'), 'text/plain; charset=utf-8')
      expect(await store.head(key)).toEqual({ contentType: 'text/plain; charset=utf-8', contentLength: 6 })
      await store.delete(key)
      await store.delete(key)
      expect(await store.head(key)).toBeNull()
    })

    test('STORE-50: a body in pieces is put whole, or not at all', async () => {
      const key = freshKey()
      async function* pieces(broken: boolean) {
        yield bytes('one ')
        if (broken) throw new Error('the source broke')
        yield bytes('two')
      }
      await expect(store.putFrom(key, pieces(true), 'text/plain')).rejects.toThrow('the source broke')
      expect(await store.head(key)).toBeNull()
      expect(await store.putFrom(key, pieces(false), 'text/plain')).toBe(7)
      expect(await store.read(key)).toEqual(bytes('one two'))
    })

    test('STORE-51: an upload of another length or type is refused and leaves nothing', async () => {
      const key = freshKey()
      expect((await send(await uploadUrl(key, 5), bytes('too long'))).ok).toBe(false)
      expect((await send(await uploadUrl(key, 5), bytes('shrt'))).ok).toBe(false)
      const typed = await uploadUrl(key, 5)
      expect((await send(typed, bytes('hello'), { 'content-type': 'text/html' })).ok).toBe(false)
      expect(await store.head(key)).toBeNull()
    })

    test('STORE-52: a URL allows its method, key, type and length, and nothing else', async () => {
      const [key, other] = [freshKey(), freshKey()]
      await store.put(other, bytes('secret'), 'text/plain')
      const up = await uploadUrl(key, 5)
      const down = await store.signDownload(key, SECONDS)
      const tries: [string, RequestInit][] = [
        [up.url, { method: 'GET' }],
        [down.url, { method: 'PUT', headers: up.headers, body: bytes('hello') }],
        [down.url, { method: 'DELETE' }],
        [down.url.replace(key, other), { method: 'GET' }],
        [up.url.replace(key, other), { method: 'PUT', headers: up.headers, body: bytes('hello') }],
        [down.url.replace(/\?.*/, ''), { method: 'GET' }],
        // Not in the address, whose port may have the digit too.
        [up.url.replace(/(?<=\?.*)5/g, '6'), { method: 'PUT', headers: up.headers, body: bytes('hello!') }],
      ]
      for (const [url, init] of tries) {
        const answer = await made.fetch(url, init)
        expect([url, answer.status >= 400 && answer.status < 500]).toEqual([url, true])
        expect(await answer.text()).not.toContain('secret')
      }
      expect(await store.head(key)).toBeNull()
      expect(await store.read(other)).toEqual(bytes('secret'))
    })

    test('STORE-53: no URL lives longer than a minute', async () => {
      const key = freshKey()
      const before = Date.now()
      const { expiresAt } = await store.signDownload(key, SECONDS)
      expect(expiresAt - before).toBeGreaterThan(55_000)
      expect(expiresAt - Date.now()).toBeLessThanOrEqual(60_000)
      await expect(store.signDownload(key, { expiresIn: 61 })).rejects.toThrow(RangeError)
      await expect(store.signDownload(key, { expiresIn: 0 })).rejects.toThrow(RangeError)
      await expect(store.signUpload(key, { contentType: 'a/b', contentLength: 1, expiresIn: 3600 })).rejects.toThrow(
        RangeError,
      )
    })

    test('STORE-54: keys are kind/id and lengths 1 byte to 100 MB, or nothing is signed', async () => {
      const wrong = [
        '',
        'file',
        'file/',
        'file/a',
        '../etc/passwd',
        'file/../../etc/x',
        'file/aaaa.aaaa',
        'File/aaaaaaaa',
        'a/b/cccccccc',
        'file/aaaaaaaa\0',
      ]
      for (const key of wrong) {
        await expect(uploadUrl(key, 1)).rejects.toThrow(RangeError)
        await expect(store.signDownload(key, SECONDS)).rejects.toThrow(RangeError)
      }
      for (const length of [0, -1, 1.5, 100 * 1024 * 1024 + 1]) {
        await expect(uploadUrl(freshKey(), length)).rejects.toThrow(RangeError)
      }
      await expect(uploadUrl(freshKey(), 1, 'no type\r\nx: y')).rejects.toThrow(RangeError)
    })

    test('STORE-55: downloads come whole or by range, and HEAD tells the same', async () => {
      const key = freshKey()
      await store.put(key, bytes('0123456789'), 'video/mp4')
      const { url } = await store.signDownload(key, SECONDS)
      const get = (range?: string) => made.fetch(url, range ? { headers: { range } } : {})
      const whole = await get()
      expect([whole.status, whole.headers.get('content-type'), await whole.text()]).toEqual([
        200,
        'video/mp4',
        '0123456789',
      ])
      for (const [range, contentRange, text] of [
        ['bytes=2-4', 'bytes 2-4/10', '234'],
        ['bytes=7-', 'bytes 7-9/10', '789'],
        ['bytes=-2', 'bytes 8-9/10', '89'],
        ['bytes=0-99', 'bytes 0-9/10', '0123456789'],
      ] as const) {
        const part = await get(range)
        expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, contentRange, text])
      }
      expect((await get('bytes=10-')).status).toBe(416)
      const absent = await store.signDownload(freshKey(), SECONDS)
      expect((await made.fetch(absent.url)).status).toBe(404)
    })

    test('STORE-56: a download name is kept, in any script', async () => {
      const key = freshKey()
      await store.put(key, bytes('x'), 'text/html')
      const { url } = await store.signDownload(key, { ...SECONDS, downloadName: '자료 "1".html' })
      const disposition = (await made.fetch(url)).headers.get('content-disposition') ?? ''
      expect(disposition).toMatch(/^attachment/)
      expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? '')).toBe('자료 "1".html')
    })

    test('STORE-61: whole objects of one kind are listed in the order of their keys, with their age', async () => {
      const names = ['b0000000', 'a0000000', 'a0000000-s', 'Z0000000', 'c_000000']
      const began = Date.now()
      for (const name of names) await store.put(`listed/${name}`, bytes(name), 'text/plain')
      await store.put('listed-not/a0000000', bytes('x'), 'text/plain')
      const sorted = ['Z0000000', 'a0000000', 'a0000000-s', 'b0000000', 'c_000000'].map((name) => `listed/${name}`)
      const keys = async (after: string, limit: number) =>
        (await store.list('listed', after, limit)).map((it) => it.key)
      expect(await keys('', 1000)).toEqual(sorted)
      expect(await keys('', 2)).toEqual(sorted.slice(0, 2))
      expect(await keys(sorted[1] ?? '', 2)).toEqual(sorted.slice(2, 4))
      expect([await keys(sorted[4] ?? '', 2), await store.list('nothing', '', 9)]).toEqual([[], []])
      // The store's clock may tell whole seconds, and be a little off.
      const ages = (await store.list('listed', '', 9)).map((it) => it.ageMs)
      expect(Math.max(...ages)).toBeLessThan(Date.now() - began + 60_000)
      expect(Math.min(...ages)).toBeGreaterThan(-60_000)
      await store.delete(sorted[0] ?? '')
      expect(await keys('', 9)).toEqual(sorted.slice(1))
    })

    test('STORE-57: nothing of a finished store is swept', async () => {
      const key = freshKey()
      await store.put(key, bytes('x'), 'text/plain')
      await store.sweep(0)
      expect(await store.read(key)).toEqual(bytes('x'))
    })
  })
}
