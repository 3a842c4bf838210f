import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BlobEntry, BlobHead } from '../ports/blobStore.ts'
import { assertBlobKey, assertKind, isBlobKey } from './blobKey.ts'

/** Each file begins with its content type in a block of this size: type and bytes become visible in one rename. */
export const HEADER_BYTES = 512

export class WrongLength extends Error {
  override readonly name = 'WrongLength'
  readonly tooLong: boolean
  constructor(tooLong: boolean) {
    super(tooLong ? 'more bytes than were signed' : 'fewer bytes than were signed')
    this.tooLong = tooLong
  }
}

/** Objects below `objects/`, unfinished ones below `uploads/`, both in one folder so that a rename is atomic. */
export function blobFiles(folder: string) {
  const pathOf = (key: string): string => {
    assertBlobKey(key)
    return join(folder, 'objects', key)
  }
  const uploads = join(folder, 'uploads')

  /**
   * Writes and syncs an object, and says how long it is; on any failure nothing is left. Rejects with `WrongLength` if the bytes
   * are not `length`, where one is given.
   */
  async function write(key: string, contentType: string, length: number | null, chunks: Chunks): Promise<number> {
    const path = pathOf(key)
    await Promise.all([mkdir(dirname(path), { recursive: true }), mkdir(uploads, { recursive: true })])
    const unfinished = join(uploads, randomUUID())
    let written = 0
    try {
      const file = await open(unfinished, 'wx', 0o600)
      try {
        await file.writeFile(headerOf(contentType))
        written = await copy(file, chunks, length)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(unfinished, path)
      await syncFolder(dirname(path))
      return written
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
  }

  /** The open file and what it holds, or null; the caller closes it. Stays readable when the object is removed meanwhile. */
  async function openObject(key: string): Promise<{ file: FileHandle; head: BlobHead } | null> {
    let file: FileHandle
    try {
      file = await open(pathOf(key), 'r')
    } catch (error) {
      if (isAbsent(error)) return null
      throw error
    }
    try {
      const header = Buffer.alloc(HEADER_BYTES)
      const [{ size }] = await Promise.all([file.stat(), file.read(header, 0, HEADER_BYTES, 0)])
      const contentType = header.subarray(1, 1 + header.readUInt8(0)).toString('latin1')
      return { file, head: { contentType, contentLength: size - HEADER_BYTES } }
    } catch (error) {
      await file.close()
      throw error
    }
  }

  async function remove(key: string): Promise<void> {
    await rm(pathOf(key), { force: true })
  }

  async function list(kind: string, after: string, limit: number, now: number): Promise<BlobEntry[]> {
    assertKind(kind)
    const names = await readdir(join(folder, 'objects', kind)).catch((error: unknown) => {
      if (isAbsent(error)) return []
      throw error
    })
    const keys = names.map((name) => `${kind}/${name}`).filter((key) => isBlobKey(key) && key > after)
    const page = keys.sort((a, b) => (a < b ? -1 : 1)).slice(0, limit)
    const entries = await Promise.all(
      page.map(async (key) => {
        const found = await stat(pathOf(key)).catch(() => null)
        // One that was deleted meanwhile stands as new: a page is shorter only at the end.
        return { key, ageMs: found ? now - found.mtimeMs : 0 }
      }),
    )
    return entries
  }

  /** Removes unfinished uploads that nobody has written to for this long. */
  async function sweep(olderThanMs: number, now: number): Promise<number> {
    let swept = 0
    for (const name of await readdir(uploads).catch(() => [])) {
      const path = join(uploads, name)
      const found = await stat(path).catch(() => null)
      if (!found || now - found.mtimeMs < olderThanMs) continue
      await rm(path, { force: true })
      swept++
    }
    return swept
  }

  return { write, open: openObject, remove, list, sweep }
}
export type BlobFiles = ReturnType<typeof blobFiles>
type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

const TYPE = /^[a-z0-9.+-]{1,100}\/[a-z0-9.+-]{1,100}(; ?charset=[a-z0-9-]{1,30})?$/i

/** Throws RangeError for what is not a media type. */
export function assertContentType(contentType: string): void {
  if (!TYPE.test(contentType)) throw new RangeError('not a content type')
}

function headerOf(contentType: string): Buffer {
  assertContentType(contentType)
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt8(contentType.length, 0)
  header.write(contentType, 1, 'latin1')
  return header
}

async function copy(file: FileHandle, chunks: Chunks, length: number | null): Promise<number> {
  let written = 0
  for await (const chunk of chunks) {
    written += chunk.byteLength
    if (length !== null && written > length) throw new WrongLength(true)
    await file.writeFile(chunk)
  }
  if (length !== null && written < length) throw new WrongLength(false)
  return written
}

// A rename survives a power cut only once its folder is on the disk. Windows cannot open folders and needs no such step.
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'
