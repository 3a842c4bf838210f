import { imageKeys } from '../blobs/imageKeys.ts'
import type { Db } from '../database/database.ts'
import type { BlobStore } from '../ports/blobStore.ts'

/**
 * Deletes the images of dissolved groups. A group's row names its image until that is gone, so that a deletion that broke off
 * is made good by the next: whoever dissolves a group asks for one, and so does the daily sweep.
 */
export async function sweepGroupImages({ db, blobs }: { db: Db; blobs: Pick<BlobStore, 'delete'> }): Promise<void> {
  const groups = await db
    .selectFrom('study_group')
    .select(['id', 'image'])
    .where('dissolved_at', 'is not', null)
    .where('image', 'is not', null)
    .execute()
  for (const { id, image } of groups) {
    for (const key of imageKeys(image ?? '')) await blobs.delete(key)
    await db.updateTable('study_group').set({ image: null }).where('id', '=', id).where('image', '=', image).execute()
  }
}
