import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { compressFiles } from './compressFiles.ts'

test('text files get smaller twins with the same content; pictures, fonts and tiny files do not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'compress-'))
  try {
    await mkdir(join(folder, 'assets'))
    const code = 'console.log("desk")\n'.repeat(200)
    await writeFile(join(folder, 'assets', 'a.js'), code)
    await writeFile(join(folder, 'assets', 'b.woff2'), 'x'.repeat(5000))
    await writeFile(join(folder, 'c.css'), 'p{}')
    await compressFiles(folder)
    expect((await readdir(folder, { recursive: true })).toSorted()).toEqual(
      ['assets', 'assets/a.js', 'assets/a.js.br', 'assets/a.js.gz', 'assets/b.woff2', 'c.css'].toSorted(),
    )
    const twin = (end: string) => readFile(join(folder, 'assets', `a.js.${end}`))
    expect(brotliDecompressSync(await twin('br')).toString()).toBe(code)
    expect(gunzipSync(await twin('gz')).toString()).toBe(code)
  } finally {
    await rm(folder, { recursive: true })
  }
})
