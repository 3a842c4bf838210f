import type { Decision, Moment, Who } from '#rooms/place/types.ts'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import { limits } from '#schemas/limits.ts'
import type { Payload } from '#schemas/messages/catalogue.ts'
import type { AttestPolicy, attestMessages } from '#schemas/messages/study.ts'
import { refuse } from '#schemas/refusals.ts'
import { answer } from '../study/checks.ts'
import { deskOf } from '../study/studyBook.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { runOf } from '../timer/run.ts'
import { tellChecks } from './tellChecks.ts'

/** "Still here", from whichever device: the clock goes on as if nobody had asked. Answering it twice is no fault. */
export function decideAnswer(
  place: StudyPlace,
  { userId }: Pick<Who, 'userId'>,
  { asked }: Payload<typeof attestMessages, 'attest.answer'>,
  { now }: Moment,
): Decision {
  const desk = deskOf(place, userId)
  if (!desk) return refuse('not_present')
  if (desk.asked !== asked)
    return place.hidden.attests.get(userId)?.answered === asked ? { events: [], reply: {} } : refuse('nothing_to_do')
  // What is due comes first in each turn; should that be held up, lateness is no gain.
  if (now - asked >= limits.checkMs) return refuse('nothing_to_do')
  answer(desk, runOf(place), now)
  return { events: desk.events, reply: {}, after: tellChecks(place, desk.events, now) }
}

/**
 * Switches presence checks or changes their bounds; null if nothing differs. A check that is open stays open: nobody proves
 * by a switch, the owner least of all, that he was there. `seed` is fresh and secret: nobody who knows the rules can tell the moments.
 */
export function changeAttest(
  place: StudyPlace,
  by: string,
  { on, minMs, maxMs }: AttestPolicy,
  seed: string,
): NewEvent[] | null {
  const { attest } = place.state
  if (attest.on === on && attest.minMs === minMs && attest.maxMs === maxMs) return null
  return [{ type: 'attest.set', data: { on, minMs, maxMs, seed: on ? seed : '', by } }]
}
