import type { Role } from '#schemas/limits.ts'
import type { StudyPlace } from '../studyPlace.ts'

/** The role of anybody, present or not: an absent owner or moderator stays what he is. */
export function roleOf({ state, hidden }: StudyPlace, userId: string): Role {
  if (userId !== '' && state.owner === userId) return 'owner'
  return hidden.moderators.has(userId) ? 'moderator' : 'member'
}

/** Owner or moderator. */
export const leads = (place: StudyPlace, userId: string): boolean => roleOf(place, userId) !== 'member'
