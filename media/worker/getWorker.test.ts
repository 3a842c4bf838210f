import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findWorker } from './findWorker.ts'
import { type GetWorkerDeps, getWorker } from './getWorker.ts'
import { type Download, serveDownload } from './testing/serveDownload.ts'
import { WorkerProblem } from './WorkerProblem.ts'
import { workerPlaces } from './workerPlaces.ts'

const RUNS = '#!/bin/sh\nexit 41\n'
const BROKEN = '#!/bin/sh\necho lib.so: not found >&2\nexit 127\n'

let folder: string
let served: Download | undefined
let built: string[]
let said: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhub-worker-'))
  built = []
  said = []
  await mkdir(join(folder, 'package'))
  const repository = { url: 'git+http://127.0.0.1/nobody.git' }
  await writeFile(join(folder, 'package/package.json'), JSON.stringify({ repository }))
})
afterEach(async () => {
  await served?.close()
  served = undefined
  await rm(folder, { recursive: true })
})

async function program(path: string, text: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
  await chmod(path, 0o755)
  return path
}

/** Everything but the build itself, which takes minutes: it leaves a program at its place. */
function deps(env: NodeJS.ProcessEnv = {}): GetWorkerDeps {
  return {
    env: {
      XDG_CACHE_HOME: join(folder, 'cache'),
      ...(served && { MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: served.address }),
      ...env,
    },
    installed: { folder: join(folder, 'package'), version: '3.99.0' },
    say: (line) => said.push(line),
    isBuilt: async (_, output) => built.includes(output),
    build: async (_, output) => {
      built.push(await program(output, RUNS))
    },
  }
}
const places = () => workerPlaces(deps().env, deps().installed)
const found = () => findWorker(deps().env, deps().installed)

test('MWORKER-2: what MEDIASOUP_WORKER_BIN names is started for a moment; one that does not run is told with the reason', async () => {
  const named = await program(join(folder, 'named'), RUNS)
  expect(await getWorker(deps({ MEDIASOUP_WORKER_BIN: named }))).toBe(named)
  await program(named, BROKEN)
  await expect(getWorker(deps({ MEDIASOUP_WORKER_BIN: named }))).rejects.toThrow(/named.*lib\.so: not found/)
  await expect(getWorker(deps({ MEDIASOUP_WORKER_BIN: join(folder, 'none') }))).rejects.toThrow(WorkerProblem)
  expect([said, built]).toEqual([[], []])
})

test('MWORKER-2: a prebuilt one is taken, into the place of the package, and taken again without a download', async () => {
  served = await serveDownload({ 'mediasoup-worker': RUNS })
  expect(await getWorker(deps())).toBe(places().own)
  expect(found()).toEqual({ path: places().own })
  expect(await getWorker(deps())).toBe(places().own)
  expect(served.asked).toEqual([
    expect.stringMatching(/^\/3\.99\.0\/mediasoup-worker-3\.99\.0-\w+-\w+(-kernel\d+)?\.tgz$/),
  ])
  expect(built).toEqual([])
})

test('MWORKER-2: without a prebuilt one that runs here it is built, and once only', async () => {
  for (const files of [undefined, { other: RUNS }, { 'mediasoup-worker': BROKEN }]) {
    served = await serveDownload(files)
    expect(await getWorker(deps())).toBe(places().cached)
    expect(said.join('\n')).toMatch(/no prebuilt one: .+\n.*building/)
    expect(await readdir(dirname(places().own)).catch(() => [])).toEqual([])
    expect(found()).toEqual({ path: places().cached })
    const asked = served.asked.length
    expect(await getWorker(deps())).toBe(places().cached)
    expect([served.asked.length, built.length]).toEqual([asked, 1])
    await served.close()
    built = []
    said = []
    await rm(places().cached)
  }
})

test('MWORKER-2: a mirror that cannot be reached, or is not to be asked, leads to the build', async () => {
  served = await serveDownload(undefined)
  await served.close()
  expect(await getWorker(deps())).toBe(places().cached)
  expect(said).toContainEqual(expect.stringMatching(/no prebuilt one: .*ECONNREFUSED/))
  await rm(places().cached)
  built = []
  said = []
  expect(await getWorker(deps({ MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD: '1' }))).toBe(places().cached)
  expect(said).toEqual([expect.stringMatching(/building/)])
})
