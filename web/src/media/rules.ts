import { microphonesAt } from '#schemas/media/microphones.ts'
import type { StudyState } from '#schemas/state/studyState.ts'

const leads = (state: StudyState, userId: string): boolean =>
  state.owner === userId || state.members.get(userId)?.role === 'moderator'

/** Whether I may speak now, and if not, why (V7, T3). The room decides; this only says it beforehand. */
export function micRule(state: StudyState, me: string, now: number): 'free' | 'never' | 'breaks' {
  const { microphones } = state.media
  if (leads(state, me)) return 'free'
  const { open, opensAt } = microphonesAt(microphones, state.timer, now)
  return open ? 'free' : opensAt === null ? 'never' : 'breaks'
}

export const mayShow = (state: StudyState, me: string, what: 'cameras' | 'screens'): boolean =>
  leads(state, me) || state.media[what]
