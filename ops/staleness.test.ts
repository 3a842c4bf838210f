import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isStale } from './staleness.ts'

let folder: string
let sources: string
let output: string

async function put(path: string, second: number) {
  await writeFile(path, '')
  await utimes(path, second, second)
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'staleness-'))
  sources = join(folder, 'src')
  output = join(folder, 'built')
  await mkdir(join(sources, 'deep'), { recursive: true })
  await put(join(sources, 'deep', 'a.ts'), 100)
  await utimes(join(sources, 'deep'), 100, 100)
  await utimes(sources, 100, 100)
})

afterEach(() => rm(folder, { recursive: true }))

test('a missing output is stale', async () => {
  expect(await isStale(output, [sources])).toBe(true)
})

test('an output newer than every source is fresh, also when a source does not exist', async () => {
  await put(output, 200)
  expect(await isStale(output, [sources, join(folder, 'nothing')])).toBe(false)
})

test('a changed file deep in the sources makes it stale', async () => {
  await put(output, 200)
  await put(join(sources, 'deep', 'a.ts'), 300)
  expect(await isStale(output, [sources])).toBe(true)
})

test('a deleted file makes it stale', async () => {
  await put(output, 200)
  await rm(join(sources, 'deep', 'a.ts'))
  expect(await isStale(output, [sources])).toBe(true)
})

test('a changed test file does not', async () => {
  await put(output, 200)
  await put(join(sources, 'deep', 'a.test.ts'), 300)
  await utimes(join(sources, 'deep'), 100, 100)
  expect(await isStale(output, [sources])).toBe(false)
})
