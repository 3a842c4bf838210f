import type { Decision, Moment, Who } from '#rooms/place/types.ts'
import { refuse } from '#schemas/refusals.ts'
import { present } from '../standing.ts'
import type { StudyPlace } from '../studyPlace.ts'

type Numbered = { readonly number: number }

/** Moves the read marker forward (I4) and takes an "unread from here" away; a number that is not ahead changes nothing. */
export function decideRead(
  place: StudyPlace,
  who: Who,
  { number }: Numbered,
  _at: Moment,
): Decision<{ readThrough: number }> {
  const member = present(place, who.userId)
  if (!member) return refuse('not_present')
  if (number > place.state.chatHead) return refuse('not_found')
  const { userId } = who
  if (number > member.readThrough)
    return { events: [{ type: 'read.moved', data: { userId, number } }], reply: { readThrough: number } }
  const marked = place.hidden.markedUnread.get(userId)
  return {
    events:
      marked !== undefined && number >= marked ? [{ type: 'read.markedUnread', data: { userId, number: null } }] : [],
    reply: { readThrough: member.readThrough },
  }
}

/** Marks a message as the first unread one; the mark before, if any, is replaced. The read marker itself stays. */
export function decideMarkUnread(place: StudyPlace, who: Who, { number }: Numbered, _at: Moment): Decision {
  if (!present(place, who.userId)) return refuse('not_present')
  if (number > place.state.chatHead) return refuse('not_found')
  const { userId } = who
  if (place.hidden.markedUnread.get(userId) === number) return { events: [], reply: {} }
  return { events: [{ type: 'read.markedUnread', data: { userId, number } }], reply: {} }
}
