import type { PeoplePage } from '#schemas/api/people.ts'
import type { Refusal } from '#schemas/refusals.ts'
import type { StudyHub } from '../types.ts'

/** The first friends by name, as many as are looked at at once. */
export const friendsToWatch = ({ api }: Pick<StudyHub, 'api'>): Promise<PeoplePage | Refusal> =>
  api.get('/api/people/friends', { limit: 50 })
