import { randomBytes } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import yazl from 'yazl'
import type { BlobStore } from '../ports/blobStore.ts'
import type { PersonalFile, PersonalPart } from '../ports/personalData.ts'

const CHUNK = 1024 * 1024

export type ExportDeps = {
  readonly parts: readonly PersonalPart[]
  readonly blobs: Pick<BlobStore, 'putFrom' | 'read' | 'head'>
  /** Told after each part; what it throws ends the export, and nothing is left of it. */
  readonly reached: (done: number, total: number) => Promise<void>
}

/**
 * Writes all that is kept of a person as one ZIP into the blob store: a folder per part, JSON and files. Rows and files pass
 * through in pieces, so memory does not grow with them. Resolves with where it is and how long.
 */
export async function writeExport(user: string, { parts, blobs, reached }: ExportDeps): Promise<Written> {
  const blob = `export/${randomBytes(24).toString('base64url')}`
  const zip = new yazl.ZipFile()
  const packed = new PassThrough()
  // The library says what went wrong on the archive, not on its stream.
  const broken = (error: Error) => packed.destroy(error)
  zip.on('error', broken)
  zip.outputStream.on('error', broken).pipe(packed)
  const write = async () => {
    const names = new Set<string>()
    for (const [i, part] of parts.entries()) {
      await reached(i, parts.length)
      for await (const file of part.export(user)) {
        const name = `${part.name}/${file.name}`
        if (names.has(name)) throw new Error(`two files of an export have the name ${name}`)
        names.add(name)
        await add(zip, name, file, blobs)
      }
    }
    zip.end()
  }
  const written = blobs.putFrom(blob, packed, 'application/zip')
  const [outcome, bytes] = await Promise.allSettled([write().catch((error: Error) => fail(error)), written])
  function fail(error: Error): never {
    packed.destroy(error)
    throw error
  }
  if (outcome.status === 'rejected') throw outcome.reason
  if (bytes.status === 'rejected') throw bytes.reason
  await reached(parts.length, parts.length)
  return { blob, bytes: bytes.value }
}
export type Written = { readonly blob: string; readonly bytes: number }

/** Resolves when the file's last byte has been taken: files follow one another, and their sources are open one at a time. */
function add(zip: yazl.ZipFile, name: string, file: PersonalFile, blobs: ExportDeps['blobs']): Promise<void> {
  const body = bodyOf(file, blobs)
  const source = Readable.from(body, { objectMode: false })
  const taken = new Promise<void>((resolve, reject) => {
    source.once('close', resolve)
    source.once('error', reject)
  })
  zip.addReadStream(source, name, { mtime: new Date(0), mode: 0o100600, compress: !('blob' in file) })
  return taken
}

async function* bodyOf(file: PersonalFile, blobs: ExportDeps['blobs']): AsyncGenerator<Buffer> {
  if ('json' in file) yield Buffer.from(`${JSON.stringify(file.json ?? null, null, 2)}\n`)
  else if ('rows' in file) {
    let comma = '[\n'
    for await (const row of file.rows) {
      yield Buffer.from(comma + JSON.stringify(row))
      comma = ',\n'
    }
    yield Buffer.from(comma === '[\n' ? '[]\n' : '\n]\n')
  } else {
    const head = await blobs.head(file.blob)
    for (let at = 0; head && at < head.contentLength; at += CHUNK) {
      const piece = await blobs.read(file.blob, { start: at, end: at + CHUNK })
      if (!piece) return
      yield Buffer.from(piece)
    }
  }
}
