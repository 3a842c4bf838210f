import type { EventData, NewEvent } from '#schemas/events/catalogue.ts'
import { lowerOnLeave } from '../hands/hands.rules.ts'
import { releaseOnLeave } from '../screen/screen.rules.ts'
import { bookLast } from '../study/study.rules.ts'
import type { StudyPlace } from '../studyPlace.ts'

type How = EventData<'member.left'>['how']

/**
 * All that follows when members leave at `now`, in order: their study time is booked, hands are lowered, the screen is
 * released, they have left; in an open room whose owner is among them the earliest entrant present becomes owner, once (R6).
 */
export function departures(place: StudyPlace, leavers: ReadonlyMap<string, How>, now: number): NewEvent[] {
  const events: NewEvent[] = []
  for (const [userId, how] of leavers) {
    events.push(...bookLast(place, userId, now), ...lowerOnLeave(place, userId), ...releaseOnLeave(place, userId))
    events.push({ type: 'member.left', data: { userId, how } })
  }
  const { state } = place
  if (state.kind === 'open' && leavers.has(state.owner)) {
    const heir = successor(place, leavers)
    if (heir)
      events.push({
        type: 'room.ownerChanged',
        data: { owner: heir.userId, ownerName: heir.name, how: 'succession' },
      })
  }
  return events
}

// Who is connected goes before who may only be returning.
function successor({ state }: StudyPlace, leavers: ReadonlyMap<string, How>) {
  const stay = [...state.members.values()].filter((member) => !leavers.has(member.userId))
  return stay.sort((a, b) => Number(b.connected) - Number(a.connected) || a.entrance - b.entrance)[0]
}
