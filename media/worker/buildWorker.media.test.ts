import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildWorker, isWorkerBuilt } from './buildWorker.ts'
import { mediasoupPackage } from './mediasoupPackage.ts'

const recipe = join(import.meta.dirname, 'recipe')
const WRITE = 'here=$1 package=$2 output=$3; . "$here/packages.sh"; . "$here/stamp.sh"; write_stamp'
const { folder: installed } = mediasoupPackage()

let folder: string
let output: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhub-worker-'))
  output = join(folder, 'mediasoup-worker')
})
afterAll(() => rm(folder, { recursive: true }))

// A program that starts, with the stamp that a build of just now would have: the build itself takes minutes.
beforeEach(async () => {
  await writeFile(output, '#!/bin/sh\nexit 41\n')
  await chmod(output, 0o755)
  await promisify(execFile)('bash', ['-c', WRITE, 'bash', recipe, installed, output])
})

test('MWORKER-4: what is up to date is not built again, by two at once neither', async () => {
  expect(await isWorkerBuilt(installed, output)).toBe(true)
  const before = await stat(output)
  await Promise.all([buildWorker(installed, output), buildWorker(installed, output)])
  expect((await stat(output)).mtimeMs).toBe(before.mtimeMs)
})

test('MWORKER-4: another recipe or source, another library that is linked in, and a program that no longer starts ask for a build', async () => {
  const stamp = await readFile(`${output}.stamp`, 'utf8')
  const [made = '', linked = ''] = stamp.trim().split('\n')
  for (const other of [`0${made.slice(1)}x\n${linked}\n`, `${made}\n${linked}x\n`, `${made}\n`, '']) {
    await writeFile(`${output}.stamp`, other)
    expect(await isWorkerBuilt(installed, output), other).toBe(false)
  }
  await writeFile(`${output}.stamp`, stamp)
  expect(await isWorkerBuilt(installed, output)).toBe(true)
  await writeFile(output, '#!/bin/sh\nexit 127\n')
  expect(await isWorkerBuilt(installed, output)).toBe(false)
})
