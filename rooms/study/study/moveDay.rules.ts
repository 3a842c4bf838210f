import type { Decision, Moment } from '#rooms/place/types.ts'
import { refuse } from '#schemas/refusals.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { runOf } from '../timer/run.ts'
import { DEFAULT_DAY, type OwnDay, ownDayAt } from './ownDay.ts'
import { catchUp, deskOf } from './studyBook.ts'

/** A member's own day from `since` on, and what he had studied before that on the day that it is now. */
export type MovedDay = OwnDay & { readonly since: number; readonly studiedMs: number }

/**
 * Somebody present has another zone or day start (T5). If it is the same day by both, its total goes on and only its end moves. If
 * it is another day, a running interval is cut at `since`, and the total is that day's. Under an open presence check nothing
 * is booked: the day turns when that is over, at the same moment.
 */
export function decideMoveDay(place: StudyPlace, userId: string, moved: MovedDay, { now }: Moment): Decision {
  const desk = deskOf(place, userId)
  if (!desk) return refuse('not_present')
  const before = desk.day ?? DEFAULT_DAY
  const { timeZone, dayStartHour, studiedMs } = moved
  if (before.timeZone === timeZone && before.dayStartHour === dayStartHour) return { events: [], reply: {} }
  const since = Math.min(moved.since, now)
  const run = runOf(place)
  if (desk.dayEndsAt <= since) catchUp(desk, run, now)
  const after = ownDayAt(moved, now)
  // A turn that a check holds up is still to come, by whatever zone: what it begins with is this day's.
  const waits = desk.dayEndsAt <= since
  const another = waits || after.day !== ownDayAt(before, now).day
  const dayEndsAt = waits ? desk.dayEndsAt : another ? since : after.dayEndsAt
  const nextMs = another ? { nextMs: studiedMs } : {}
  desk.events.push({ type: 'study.dayMoved', data: { userId, timeZone, dayStartHour, dayEndsAt, ...nextMs } })
  desk.dayEndsAt = dayEndsAt
  desk.day = { timeZone, dayStartHour, ...nextMs }
  catchUp(desk, run, now)
  return { events: desk.events, reply: {} }
}
