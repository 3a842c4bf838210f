import { imageKeys, imageOf } from '../blobs/imageKeys.ts'
import type { Db } from '../database/database.ts'
import type { BlobStore } from '../ports/blobStore.ts'

/** An image is referred to within moments, or never. */
const LOST_MS = 24 * 60 * 60 * 1000
const PAGE = 500
/** In one sweep: should the database be the wrong one, or one that was put back, not everything is gone the same day. */
const MOST = 1000

export type SweepImagesDeps = { readonly db: Db; readonly blobs: Pick<BlobStore, 'list' | 'delete'> }

/**
 * Deletes images that are a day old and that no person and no group refers to: what was made when a database or a blob store
 * failed in the middle. References are random, so none comes to be later. Returns how many; repeating it is safe.
 */
export async function sweepImages({ db, blobs }: SweepImagesDeps): Promise<number> {
  let swept = 0
  for (let after = ''; swept < MOST; ) {
    const found = await blobs.list('avatar', after, PAGE)
    const old = found.flatMap(({ key, ageMs }) => (ageMs > LOST_MS ? (imageOf(key) ?? []) : []))
    for (const image of await unreferred(db, [...new Set(old)])) {
      for (const key of imageKeys(image)) await blobs.delete(key)
      swept++
    }
    const last = found.at(-1)
    if (!last || found.length < PAGE) break
    after = last.key
  }
  return swept
}

async function unreferred(db: Db, images: readonly string[]): Promise<string[]> {
  if (images.length === 0) return []
  const people = await db.selectFrom('profile').select('image').where('image', 'in', images).execute()
  const groups = await db.selectFrom('study_group').select('image').where('image', 'in', images).execute()
  const known = new Set([...people, ...groups].map(({ image }) => image))
  return images.filter((image) => !known.has(image))
}
