import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const text = /\.(js|css|html|svg|json|webmanifest)$/
/** Below it a packet is a packet. */
const WORTH_BYTES = 1_400

/** Puts a `.br` and a `.gz` beside each text file at or below `folder`, for the server to send instead. */
export async function compressFiles(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true })
  await Promise.all(
    names
      .filter((name) => text.test(name))
      .map(async (name) => {
        const path = join(folder, name)
        const bytes = await readFile(path)
        if (bytes.length < WORTH_BYTES) return
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
        await Promise.all([
          promisify(brotliCompress)(bytes, quality).then((small) => writeFile(`${path}.br`, small)),
          promisify(gzip)(bytes, { level: 9 }).then((small) => writeFile(`${path}.gz`, small)),
        ])
      }),
  )
}
