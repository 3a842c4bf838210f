import type { Standing } from '#persistence/database/people/changePair.ts'
import type { Profile } from '#persistence/database/profile/profile.ts'
import type { PersonView } from '#schemas/api/people.ts'

/** A person as another sees him at `now`: a status that is over is none. */
export const personView = (profile: Profile, standing: Standing, now: number): PersonView => ({
  id: profile.userId,
  name: profile.name,
  handle: profile.handle,
  image: profile.image,
  status: statusAt(profile, now),
  standing: shownStanding(standing),
})

/** Without the blocks: whom one has blocked is told elsewhere, who has blocked one nowhere. */
export const shownStanding = ({ friendship, follows, followsMe }: Standing): PersonView['standing'] => ({
  friendship,
  follows,
  followsMe,
})

export const statusAt = ({ status }: Profile, now: number): string | null =>
  status && (status.until === null || status.until > now) ? status.text : null
