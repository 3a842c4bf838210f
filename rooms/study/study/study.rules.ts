import type { Decision, Moment } from '#rooms/place/types.ts'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import { limits } from '#schemas/limits.ts'
import { refuse } from '#schemas/refusals.ts'
import type { TimerRun } from '#schemas/timer/phases.ts'
import { checkDueAt } from '../attest/attest.ts'
import { tellChecks } from '../attest/tellChecks.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { countingSince, counts, endsAt, nextFlip } from '../timer/counts.ts'
import { runOf } from '../timer/run.ts'
import { answer, ask, miss } from './checks.ts'
import { catchUp, close, type Desk, deskOf, extend, settle } from './studyBook.ts'

/** Switches the personal timer (T1). Repeating it changes nothing. Who stops it himself under a check is here: that answers it. */
export function decideSwitch(place: StudyPlace, userId: string, on: boolean, { now }: Moment): Decision {
  const desk = deskOf(place, userId)
  if (!desk) return refuse('not_present')
  if (desk.on === on) return { events: [], reply: {} }
  const run = runOf(place)
  if (desk.asked > 0) answer(desk, run, now)
  catchUp(desk, run, now)
  desk.on = on
  desk.events.push({ type: 'study.switched', data: { userId, on } })
  settle(desk, run, now)
  return { events: desk.events, reply: {}, after: tellChecks(place, desk.events, now) }
}

/** Books one member's time up to `now`, as his socket stands: after it was marked dropped or connected again. */
export function bookOne(place: StudyPlace, userId: string, now: number): NewEvent[] {
  const desk = deskOf(place, userId)
  if (!desk) return []
  catchUp(desk, runOf(place), now)
  return desk.events
}

/** Books one member's time up to `now` and closes his interval: he leaves. */
export function bookLast(place: StudyPlace, userId: string, now: number): NewEvent[] {
  const desk = deskOf(place, userId)
  if (!desk) return []
  catchUp(desk, runOf(place), now)
  close(desk, desk.asked || now)
  return desk.events
}

/** Books everybody's time up to `now` under the run so far, and goes on under `next`: the shared timer changes. */
export function bookChange(place: StudyPlace, next: TimerRun, now: number): NewEvent[] {
  const run = runOf(place)
  return desksOf(place).flatMap((desk) => {
    catchUp(desk, run, now)
    // Under an open check the run so far is kept for its answer.
    if (desk.asked === 0) settle(desk, next, now)
    return desk.events
  })
}

/**
 * What time alone has brought about by `now`: boundaries in order at their exact times, intervals moved forward, a shared
 * timer that has ended, presence checks that are due or were not answered. Deciding it late loses and adds nothing, up to what proof of presence allows.
 */
export function decideAdvance(place: StudyPlace, { now }: Moment): Decision {
  const run = runOf(place)
  const desks = desksOf(place)
  for (const desk of desks) {
    const interval = desk.interval?.id
    catchUp(desk, run, now)
    if (desk.asked > 0 && now - desk.asked >= limits.checkMs) miss(desk, now)
    else if (desk.interval?.id === interval && checkDueAt(place, desk.userId) <= now) ask(desk, now)
  }
  // When one interval has to be moved, those that would be soon go along: one append instead of one for each.
  const age = (desk: Desk) => (desk.interval && desk.asked === 0 ? now - desk.interval.to : 0)
  if (desks.some((desk) => age(desk) >= limits.studyExtendMs))
    for (const desk of desks) if (age(desk) >= limits.studyExtendMs / 2) extend(desk, now)
  const events = desks.flatMap((desk) => desk.events)
  if (endsAt(run) <= now)
    events.push({ type: 'timer.set', data: { how: 'ended', run: { ...run, anchor: 0, pausedAt: 0 }, by: null } })
  return { events, reply: {}, after: tellChecks(place, events, now) }
}

/** The moment from which `decideAdvance` has something to say, in the past if it is late; Infinity if time alone changes nothing. */
export function nextAdvanceAt(place: StudyPlace, now: number): number {
  const run = runOf(place)
  let next = endsAt(run)
  for (const [userId, member] of place.state.members) {
    const interval = place.hidden.intervals.get(userId)
    if (member.checkAt > 0) {
      next = Math.min(next, interval && !member.connected ? interval.to : member.checkAt + limits.checkMs)
      continue
    }
    next = Math.min(next, member.dayEndsAt, checkDueAt(place, userId))
    if (interval) next = Math.min(next, interval.to + (member.connected ? limits.studyExtendMs : 0))
    if (!member.studying || !member.connected) continue
    const held = !interval && !counts(run, now)
    if (interval || held) next = Math.min(next, nextFlip(run, interval?.to ?? now))
    else next = Math.min(next, Math.max(countingSince(run, now), place.hidden.connectedAt.get(userId) ?? 0))
  }
  return next
}

const desksOf = (place: StudyPlace): Desk[] =>
  [...place.state.members.keys()].map((userId) => deskOf(place, userId)).filter((desk) => desk !== null)
