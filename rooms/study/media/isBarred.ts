import type { MediaKind } from '#schemas/media/sources.ts'
import type { StudyPlace } from '../studyPlace.ts'

/** Whether a leader keeps this member from it (V7); who leads is above that. */
export const isBarred = (place: StudyPlace, userId: string, kind: MediaKind): boolean =>
  place.hidden.barred.get(userId)?.includes(kind) === true
