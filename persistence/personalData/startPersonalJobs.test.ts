import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { diskBlobStore } from '../blobs/diskBlobStore.ts'
import { personalJobs } from '../database/personalJobs/personalJobs.ts'
import { freshDatabase } from '../database/testing/freshDatabase.ts'
import { temporaryFolder } from '../sqlite/testing/temporaryFolder.ts'
import { startPersonalJobs } from './startPersonalJobs.ts'

test('STORE-93: a worker that stops while the read models are behind gives its job to another, at once', async () => {
  const db = await freshDatabase()
  const blobs = diskBlobStore({
    folder: join(temporaryFolder(), 'blobs'),
    secret: 'a secret of the tests, long enough.',
  })
  onTestFinished(async () => {
    await blobs.close()
    await db.destroy()
  })
  const jobs = personalJobs(db)
  await jobs.ask({ id: 'job', user: 'u', kind: 'erase', at: 1 })
  const waits = Promise.withResolvers<void>()
  const common = { jobs, blobs, parts: [], now: () => 1000, failed: () => undefined }
  const first = startPersonalJobs({
    ...common,
    settled() {
      waits.resolve()
      return new Promise(() => undefined)
    },
    done: () => undefined,
  })
  await waits.promise
  await first.stop()

  const done = Promise.withResolvers<string>()
  const second = startPersonalJobs({ ...common, settled: async () => undefined, done: ({ id }) => done.resolve(id) })
  expect(await done.promise).toBe('job')
  await second.stop()
})
