import type { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import { changeImage } from '#persistence/database/profile/changeProfile.ts'
import { refuse } from '#schemas/refusals.ts'
import type { PutImage } from '#server/images/keepImage.ts'

/** Where the image of a person stands: in his profile. */
export const personImage =
  (db: Kysely<Database>, userId: string): PutImage =>
  async (image) => {
    const changed = await changeImage(db, userId, image, Date.now())
    return changed === 'absent' ? refuse('unauthenticated') : changed
  }
