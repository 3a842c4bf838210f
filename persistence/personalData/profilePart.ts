import { imageKeys } from '../blobs/imageKeys.ts'
import { removeProfile } from '../database/profile/changeProfile.ts'
import { profileById } from '../database/profile/findProfiles.ts'
import type { PersonalPart } from '../ports/personalData.ts'
import type { PersonalDeps } from './parts.ts'

/** Name, handle, image, time zone: what others and the product know of him. */
export const profilePart = ({ db, blobs }: Pick<PersonalDeps, 'db' | 'blobs'>): PersonalPart => ({
  name: 'profile',
  async *export(user) {
    const profile = await profileById(db, user)
    yield { name: 'profile.json', json: profile }
    if (profile?.image) yield { name: 'image.webp', blob: imageKeys(profile.image)[0] }
  },
  async erase(user) {
    const image = (await profileById(db, user))?.image
    if (image) for (const key of imageKeys(image)) await blobs.delete(key)
    await removeProfile(db, user)
  },
})
