import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import { changeImage } from '#persistence/database/profile/changeProfile.ts'
import { imageKeys } from '#persistence/database/profile/imageKeys.ts'
import type { BlobStore } from '#persistence/ports/blobStore.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import { IMAGE_TYPE, makeImage } from './makeImage.ts'

type Deps = { readonly db: Kysely<Database>; readonly blobs: BlobStore }

/** Makes the bytes the user's image and deletes the one before. A refusal or a failure leaves everything as it was. */
export async function setImage(deps: Deps, userId: string, bytes: Uint8Array): Promise<string | Refusal> {
  const made = await makeImage(bytes)
  if (isRefusal(made)) return made
  const image = randomBytes(16).toString('base64url')
  const [large, small] = imageKeys(image)
  try {
    await deps.blobs.put(large, made.large, IMAGE_TYPE)
    await deps.blobs.put(small, made.small, IMAGE_TYPE)
    const changed = await change(deps, userId, image)
    if (!changed) await forget(deps, image)
    return changed ? image : refuse('unauthenticated')
  } catch (error) {
    await forget(deps, image).catch(() => undefined)
    throw error
  }
}

/** False if there is no such user. */
export const clearImage = (deps: Deps, userId: string): Promise<boolean> => change(deps, userId, null)

async function change(deps: Deps, userId: string, image: string | null): Promise<boolean> {
  const changed = await changeImage(deps.db, userId, image, Date.now())
  if (changed === 'absent') return false
  if (changed.before !== null) await forget(deps, changed.before)
  return true
}

async function forget({ blobs }: Deps, image: string): Promise<void> {
  for (const key of imageKeys(image)) await blobs.delete(key)
}
