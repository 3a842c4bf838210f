import type { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import { profilesByIds } from '#persistence/database/profile/findProfiles.ts'
import type { BlobStore } from '#persistence/ports/blobStore.ts'
import { keepImage } from '#server/images/keepImage.ts'
import { personImage } from '#server/people/personImage.ts'
import { pictureOf } from './pictureOf.ts'

/** Every other person has a picture, and the one to sign in as; who has one keeps it. */
export async function seedImages(db: Kysely<Database>, blobs: BlobStore, users: readonly string[]): Promise<void> {
  const some = users.filter((_, i) => i % 2 === 0)
  const known = await profilesByIds(db, some)
  for (const [i, user] of some.entries())
    if (known.get(user)?.image === null)
      await keepImage(blobs, await pictureOf(`person ${i * 2}`), personImage(db, user))
}
