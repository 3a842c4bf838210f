import { randomBytes } from 'node:crypto'
import { imageKeys } from '#persistence/blobs/imageKeys.ts'
import type { BlobStore } from '#persistence/ports/blobStore.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { IMAGE_TYPE, makeImage } from './makeImage.ts'

/** Puts an image's reference where it belongs, if that is still allowed, and tells the one that stood there before. */
export type PutImage = (image: string | null) => Promise<{ readonly before: string | null } | Refusal>

/**
 * Makes an image of the bytes, under a reference that cannot be guessed, and deletes the one before. A refusal, or a blob store that
 * fails, leaves everything as it was. No reference ever points to an image that is not there: what may be referred to is not deleted,
 * at worst one is kept that nobody refers to.
 */
export async function keepImage(blobs: BlobStore, bytes: Uint8Array, put: PutImage): Promise<string | Refusal> {
  const made = await makeImage(bytes)
  if (isRefusal(made)) return made
  const image = randomBytes(16).toString('base64url')
  const [large, small] = imageKeys(image)
  try {
    await blobs.put(large, made.large, IMAGE_TYPE)
    await blobs.put(small, made.small, IMAGE_TYPE)
  } catch (error) {
    await deleteImage(blobs, image).catch(() => undefined)
    throw error
  }
  // If this fails, it is not known whether it was written.
  const done = await put(image)
  const over = isRefusal(done) ? image : done.before
  if (over !== null) await deleteImage(blobs, over).catch(() => undefined)
  return isRefusal(done) ? done : image
}

/** Takes the image away. */
export async function dropImage(blobs: BlobStore, put: PutImage): Promise<Refusal | null> {
  const done = await put(null)
  if (isRefusal(done)) return done
  if (done.before !== null) await deleteImage(blobs, done.before)
  return null
}

/** Both sizes of it; repeating it changes nothing. */
export async function deleteImage(blobs: Pick<BlobStore, 'delete'>, image: string): Promise<void> {
  for (const key of imageKeys(image)) await blobs.delete(key)
}
