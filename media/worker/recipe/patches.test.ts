import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { mediasoupPackage } from '../mediasoupPackage.ts'

const patches = globSync(join(import.meta.dirname, 'patches/*.patch')).sort()

/** What the one hunk of a patch expects in its file, and what it leaves there. */
async function hunk(patch: string) {
  const text = await readFile(patch, 'utf8')
  const file = /^--- a\/(.+)$/m.exec(text)?.[1] ?? ''
  const [, body = '', ...more] = text.split(/^@@ .*\n/m)
  expect(more, 'a second hunk').toEqual([])
  const side = (left: string) =>
    body
      .split('\n')
      .filter((line) => line.startsWith(' ') || line.startsWith(left))
      .map((line) => `${line.slice(1)}\n`)
      .join('')
  return { file, before: side('-'), after: side('+') }
}

test('MWORKER-3: each patch matches the source in the installed package exactly once', async () => {
  expect(patches.map((it) => basename(it))).toEqual(['dtls-result.patch', 'older-meson.patch'])
  for (const patch of patches) {
    const { file, before, after } = await hunk(patch)
    const source = await readFile(join(mediasoupPackage().folder, 'worker', file), 'utf8')
    expect(source.split(before), patch).toHaveLength(2)
    expect(source.split(after), patch).toHaveLength(1)
  }
})
