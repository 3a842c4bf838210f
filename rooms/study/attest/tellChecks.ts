import type { Effect } from '#rooms/place/types.ts'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import type { StudyPlace } from '../studyPlace.ts'

/**
 * Checks that these events show or end, told to whoever is asked on every device of his: the one in the room may lie in
 * another. To be called with what was decided, before it is applied at `now`.
 */
export function tellChecks({ state }: StudyPlace, events: readonly NewEvent[], now: number): Effect[] {
  const tell = (userId: string, asked: number, open: boolean): Effect[] => [
    { do: 'tell', userId, item: { kind: 'check', roomId: state.id, roomName: state.name, asked, open } },
  ]
  return events.flatMap(({ type, data }) => {
    if (type === 'attest.asked') return tell(data.userId, now, true)
    if (type === 'attest.answered' || type === 'attest.missed') return tell(data.userId, data.asked, false)
    const asked = type === 'member.left' ? (state.members.get(data.userId)?.checkAt ?? 0) : 0
    return type === 'member.left' && asked > 0 ? tell(data.userId, asked, false) : []
  })
}
