import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { diskBlobStore } from '#persistence/blobs/diskBlobStore.ts'
import { imageKeys } from '#persistence/blobs/imageKeys.ts'
import { temporaryFolder } from '#persistence/sqlite/testing/temporaryFolder.ts'
import { refuse } from '#schemas/refusals.ts'
import { picture } from '#server/testing/upload.ts'
import { keepImage } from './keepImage.ts'

function store() {
  const folder = join(temporaryFolder(), 'blobs')
  const blobs = diskBlobStore({ folder, secret: 'a secret of the tests, long enough.' })
  onTestFinished(() => blobs.close())
  const files = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((it) => it.isFile()).length
  return { blobs, files }
}
const away = async () => {
  throw new Error('away')
}

test('SERVER-46: the reference that was written has its image, also when the one before could not be deleted', async () => {
  const { blobs } = store()
  const first = String(await keepImage(blobs, await picture('red'), async () => ({ before: null })))
  const put = async () => ({ before: first })
  const second = String(await keepImage({ ...blobs, delete: away }, await picture('blue'), put))
  for (const key of imageKeys(second)) expect(await blobs.read(key)).not.toBeNull()
})

test('SERVER-46: where it is not known whether the reference was written, its image is kept; where it was refused, it goes', async () => {
  const { blobs, files } = store()
  await expect(keepImage(blobs, await picture('red'), away)).rejects.toThrow('away')
  const kept = await files()
  expect(kept).toBeGreaterThan(0)
  expect(await keepImage(blobs, await picture('blue'), async () => refuse('kicked'))).toMatchObject({
    refused: 'kicked',
  })
  expect(await files()).toBe(kept)
})
