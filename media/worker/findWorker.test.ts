import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findWorker } from './findWorker.ts'
import { mediasoupPackage } from './mediasoupPackage.ts'
import { workerPlaces } from './workerPlaces.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhub-worker-'))
})
afterEach(() => rm(folder, { recursive: true }))

const installed = () => ({ folder: join(folder, 'package'), version: '3.99.0' })
const home = () => ({ XDG_CACHE_HOME: join(folder, 'cache') })

async function program(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, '')
  await chmod(path, 0o755)
  return path
}

test("MWORKER-1: a worker is looked for where MEDIASOUP_WORKER_BIN names it, in the package's own place, in the cache", async () => {
  const { own, cached } = workerPlaces(home(), installed())
  expect(findWorker(home(), installed())).toEqual({ why: expect.any(String), hint: expect.any(String) })
  await program(cached)
  expect(findWorker(home(), installed())).toEqual({ path: cached })
  await program(own)
  expect(findWorker(home(), installed())).toEqual({ path: own })
  const named = await program(join(folder, 'elsewhere'))
  expect(findWorker({ ...home(), MEDIASOUP_WORKER_BIN: named }, installed())).toEqual({ path: named })
})

test('MWORKER-1: a name that leads to no program is told, and no other worker is taken instead', async () => {
  const { own } = workerPlaces(home(), installed())
  await program(own)
  const named = join(folder, 'text')
  for (const prepare of [() => {}, () => writeFile(named, ''), () => rm(named).then(() => mkdir(named))]) {
    await prepare()
    const found = findWorker({ ...home(), MEDIASOUP_WORKER_BIN: named }, installed())
    expect(found).toMatchObject({ why: expect.stringContaining(named) })
  }
})

test('MWORKER-1: a built worker of another version of the package does not count', async () => {
  await program(workerPlaces(home(), installed()).cached)
  expect(findWorker(home(), { ...installed(), version: '3.99.1' })).toMatchObject({
    why: expect.stringContaining('3.99.1'),
    hint: expect.stringContaining('npm run media:worker'),
  })
})

test('MWORKER-1: the cache is the one of the real servers', () => {
  const cached = (env: NodeJS.ProcessEnv) => workerPlaces(env, installed()).cached
  const rest = 'mediasoup-3.99.0/mediasoup-worker'
  expect(cached({ STUDYHUB_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toBe(`/a/${rest}`)
  expect(cached({ XDG_CACHE_HOME: '/b' })).toBe(`/b/studyhub/${rest}`)
  expect(cached({})).toMatch(new RegExp(`/\\.cache/studyhub/${rest}$`))
})

test('MWORKER-1: the package is the installed one', () => {
  expect(mediasoupPackage()).toEqual({
    folder: expect.stringMatching(/node_modules\/mediasoup$/),
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  })
})
