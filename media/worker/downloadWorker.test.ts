import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { downloadWorker } from './downloadWorker.ts'
import { mediasoupPackage } from './mediasoupPackage.ts'
import { serveDownload } from './testing/serveDownload.ts'

test('MWORKER-2: a download that stands still ends at its limit and leaves nothing behind', async () => {
  const served = await serveDownload('half')
  const folder = await mkdtemp(join(tmpdir(), 'studyhub-worker-'))
  try {
    const env = { MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: served.address }
    const done = downloadWorker(env, mediasoupPackage(), join(folder, 'mediasoup-worker'), 500)
    await expect(done).rejects.toThrow()
    expect(await readdir(folder)).toEqual([])
    expect(served.asked).toHaveLength(1)
  } finally {
    await served.close()
    await rm(folder, { recursive: true })
  }
})
