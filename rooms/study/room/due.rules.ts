import type { Decision, Moment } from '#rooms/place/types.ts'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import { limits } from '#schemas/limits.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { tellChecks } from '../attest/tellChecks.ts'
import { departures } from '../members/departure.ts'
import { overdue } from '../members/members.rules.ts'
import { decideAdvance, nextAdvanceAt } from '../study/study.rules.ts'
import type { StudyPlace } from '../studyPlace.ts'

/**
 * What is due by `now`: members who did not come back leave, else study time moves forward; an empty open room ends after
 * its grace. One kind at a time, for each is decided on the state the other leaves: decide again until there are no events.
 */
export function decideDue(place: StudyPlace, at: Moment): Decision {
  if (place.hidden.ended) return { events: [], reply: {} }
  const gone = overdue(place, at.now)
  if (gone.size > 0) {
    const left = departures(place, gone, at.now)
    return { events: left, reply: {}, after: tellChecks(place, left, at.now) }
  }
  const advance = decideAdvance(place, at)
  if (isRefusal(advance)) return advance
  const ended: NewEvent[] = emptyRoomEndsAt(place) <= at.now ? [{ type: 'room.ended', data: {} }] : []
  return { ...advance, events: [...advance.events, ...ended] }
}

/** The moment from which `decideDue` has something to say: in the past if it is late, null if never. */
export function nextDueAt(place: StudyPlace, now: number): number | null {
  if (place.hidden.ended) return null
  const returning = [...place.hidden.returning.values()].map(({ until }) => until)
  const next = Math.min(...returning, nextAdvanceAt(place, now), emptyRoomEndsAt(place))
  return next === Number.POSITIVE_INFINITY ? null : next
}

function emptyRoomEndsAt({ state, hidden }: StudyPlace): number {
  const ends = state.kind === 'open' && state.members.size === 0 && hidden.emptySince > 0
  return ends ? hidden.emptySince + limits.emptyRoomGraceMs : Number.POSITIVE_INFINITY
}
