import type { Decision, Moment, Who } from '#rooms/place/types.ts'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import { limits } from '#schemas/limits.ts'
import type { Payload } from '#schemas/messages/catalogue.ts'
import type { handMessages } from '#schemas/messages/study.ts'
import { refuse } from '#schemas/refusals.ts'
import { moderates, present } from '../standing.ts'
import type { StudyPlace } from '../studyPlace.ts'

const isUp = (place: StudyPlace, userId: string): boolean => place.state.hands.some((hand) => hand.userId === userId)

/** Queues up at the end; a hand that is up stays where it is (R11). */
export function decideRaise(
  place: StudyPlace,
  who: Who,
  { topic }: Payload<typeof handMessages, 'hand.raise'>,
  _at: Moment,
): Decision {
  const member = present(place, who.userId)
  if (!member) return refuse('not_present')
  if (isUp(place, who.userId)) return { events: [], reply: {} }
  if (place.state.hands.length >= limits.handQueue) return refuse('full')
  return { events: [{ type: 'hand.raised', data: { userId: who.userId, name: member.name, topic } }], reply: {} }
}

/** One's own, or anybody's by owner and moderators. */
export function decideLower(
  place: StudyPlace,
  who: Who,
  { userId = who.userId }: Payload<typeof handMessages, 'hand.lower'>,
  _at: Moment,
): Decision {
  if (!present(place, who.userId)) return refuse('not_present')
  if (userId !== who.userId && !moderates(place, who.userId)) return refuse('forbidden')
  return { events: lowerOnLeave(place, userId), reply: {} }
}

/** What follows for the queue when a member leaves: part of the same decision as his `member.left`. */
export const lowerOnLeave = (place: StudyPlace, userId: string): NewEvent<'hand.lowered'>[] =>
  isUp(place, userId) ? [{ type: 'hand.lowered', data: { userId } }] : []
