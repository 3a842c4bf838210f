import type { Member } from '#schemas/state/memberState.ts'
import { leads } from './members/roles.ts'
import type { StudyPlace } from './studyPlace.ts'

/** Who sits here, also while his connection is away for a moment; undefined for anybody else. */
export const present = (place: StudyPlace, userId: string): Member | undefined => place.state.members.get(userId)

/** Owner or moderator, and present: the role of someone who is away moves nothing. */
export const moderates = (place: StudyPlace, userId: string): boolean =>
  present(place, userId) !== undefined && leads(place, userId)
