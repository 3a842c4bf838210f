import { removeProfile } from '../database/profile/changeProfile.ts'
import { profileById } from '../database/profile/findProfiles.ts'
import type { PersonalPart } from '../ports/personalData.ts'
import type { PersonalDeps } from './parts.ts'

/** Name, handle, time zone: what others and the product know of him. */
export const profilePart = ({ db }: Pick<PersonalDeps, 'db'>): PersonalPart => ({
  name: 'profile',
  async *export(user) {
    yield { name: 'profile.json', json: await profileById(db, user) }
  },
  erase: (user) => removeProfile(db, user),
})
