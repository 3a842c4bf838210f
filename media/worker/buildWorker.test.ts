import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isWorkerBuilt } from './buildWorker.ts'
import { mediasoupPackage } from './mediasoupPackage.ts'

test('MWORKER-4: asking whether a build is needed changes nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'studyhub-worker-'))
  expect(await isWorkerBuilt(mediasoupPackage().folder, join(folder, 'mediasoup-worker'))).toBe(false)
  expect(await isWorkerBuilt(folder, join(folder, 'mediasoup-worker'))).toBe(false)
  expect(await readdir(folder)).toEqual([])
  await rm(folder, { recursive: true })
})
