import { microphonesAt } from '#schemas/media/microphones.ts'
import type { MediaKind } from '#schemas/media/sources.ts'
import type { StudyState } from '#schemas/state/studyState.ts'

const leads = (state: StudyState, userId: string): boolean =>
  state.owner === userId || state.members.get(userId)?.role === 'moderator'

const barred = (state: StudyState, me: string, kind: MediaKind): boolean =>
  !leads(state, me) && (state.members.get(me)?.barred.split(' ').includes(kind) ?? false)

/** Whether I may speak now, and if not, why (V7, T3). The room decides; this only says it beforehand. */
export function micRule(state: StudyState, me: string, now: number): 'free' | 'barred' | 'never' | 'breaks' {
  const { microphones } = state.media
  if (leads(state, me)) return 'free'
  if (barred(state, me, 'microphone')) return 'barred'
  const { open, opensAt } = microphonesAt(microphones, state.timer, now)
  return open ? 'free' : opensAt === null ? 'never' : 'breaks'
}

/** Whether I may show camera or screen, and if not, who says so: a moderator to me, or the room to all. */
export function showRule(state: StudyState, me: string, what: 'camera' | 'screen'): 'free' | 'barred' | 'forbidden' {
  if (leads(state, me)) return 'free'
  if (barred(state, me, what)) return 'barred'
  return state.media[`${what}s`] ? 'free' : 'forbidden'
}
