import type { StudyState } from '#schemas/state/studyState.ts'

type DeskState = 'studying' | 'break' | 'away' | 'here' | 'returning'

/** What a desk shows of its member, in one word. */
export function deskOf(state: StudyState, userId: string) {
  const m = state.members.get(userId)
  if (!m) return null
  const what: DeskState = !m.connected
    ? 'returning'
    : m.studyingSince > 0
      ? 'studying'
      : m.status === 'away'
        ? 'away'
        : m.studying
          ? 'break'
          : 'here'
  return {
    name: m.name,
    image: m.image,
    what,
    owner: state.owner === userId,
    moderator: m.role === 'moderator',
    hand: state.hands.some((h) => h.userId === userId),
    sharing: state.screen.owner === userId,
    muted: m.muted,
  }
}
