import type { NewEvent } from '#schemas/events/catalogue.ts'
import { limits } from '#schemas/limits.ts'
import type { TimerRun } from '#schemas/timer/phases.ts'
import type { Attest } from '../attest/attest.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { countingSince, counts, nextFlip } from '../timer/counts.ts'
import { type OwnDay, ownDayAt } from './ownDay.ts'

/** A member's study time while a decision is being made: moved forward in memory, told by events. */
export type Desk = {
  readonly userId: string
  readonly placeId: string
  /** The personal timer's switch. */
  on: boolean
  /** Since when the socket is open, null if it is not. */
  here: number | null
  /** For a member without a socket: when he was last proven to be there. */
  seenAt: number
  interval: { id: string; from: number; to: number } | null
  /** When the presence check that is open was shown, 0 if none is: nothing is booked beyond it before it is answered (T4). */
  asked: number
  /** Runs changed under that check. */
  readonly past: Attest['past']
  dayEndsAt: number
  day: (OwnDay & { readonly nextMs?: number }) | undefined
  readonly events: NewEvent[]
}

export function deskOf(place: StudyPlace, userId: string): Desk | null {
  const { state, hidden } = place
  const member = state.members.get(userId)
  if (!member) return null
  const interval = hidden.intervals.get(userId)
  return {
    userId,
    placeId: state.id,
    on: member.studying,
    here: member.connected ? (hidden.connectedAt.get(userId) ?? member.enteredAt) : null,
    seenAt: hidden.returning.get(userId)?.seenAt ?? 0,
    interval: interval ? { ...interval } : null,
    asked: member.checkAt,
    past: hidden.attests.get(userId)?.past ?? [],
    dayEndsAt: member.dayEndsAt,
    day: hidden.days.get(userId),
    events: [],
  }
}

/**
 * Brings a desk up to `now` under a run that has not changed since the last decision: every boundary passed since then (a
 * phase's, the member's own day's) is booked at its exact time. Credits nothing beyond the last proof of presence: a
 * closed socket's last sign of life, or the interval's end so far if the process stood still for longer than the proof holds.
 * While a presence check is open nothing is booked: what it is worth is known when it is answered (`answer`) or missed.
 */
export function catchUp(desk: Desk, run: TimerRun, now: number): void {
  if (desk.asked > 0) {
    if (desk.here === null) close(desk, desk.asked)
    return
  }
  const { interval } = desk
  if (interval) {
    const stalled = now - interval.to > limits.studyProofMs
    const until = desk.here === null ? Math.min(now, desk.seenAt) : stalled ? interval.to : now
    const from = interval.to
    walk(desk, run, from, until)
    if (desk.here === null || stalled) close(desk, Math.max(from, until))
  }
  if (desk.on && desk.here !== null && !desk.interval && counts(run, now)) {
    // Counting began with the phase or with the socket, whichever was later: a decision that comes a little late loses nothing.
    const since = Math.max(countingSince(run, now), desk.here)
    open(desk, interval || now - since > limits.studyProofMs ? now : since)
  }
  turnDay(desk, now)
}

/** Opens or closes by what holds at `now` under `run`; to be called after a change of switch, socket or run. */
export function settle(desk: Desk, run: TimerRun, now: number): void {
  const wanted = desk.on && desk.here !== null && counts(run, now)
  if (wanted) open(desk, now)
  else close(desk, now)
}

/** Moves an open interval's end to `to`: the proof that needs no closing (I6). */
export function extend(desk: Desk, to: number): void {
  if (!desk.interval || to <= desk.interval.to) return
  desk.interval.to = to
  const { id, from } = desk.interval
  desk.events.push({ type: 'study.extended', data: { userId: desk.userId, intervalId: id, from, to } })
}

export function close(desk: Desk, to: number): void {
  const { interval, events, userId } = desk
  if (!interval) return
  desk.interval = null
  const last = events.at(-1)
  if (interval.from === to && last?.type === 'study.opened' && last.data.intervalId === interval.id) {
    events.pop()
    return
  }
  events.push({
    type: 'study.closed',
    data: { userId, intervalId: interval.id, from: interval.from, to: Math.max(to, interval.to) },
  })
}

function open(desk: Desk, from: number): void {
  if (desk.interval) return
  // The same start means the same interval: readers keep the furthest end they have seen of an id.
  const id = `${desk.placeId}.${desk.userId}.${from}`
  desk.interval = { id, from, to: from }
  desk.events.push({ type: 'study.opened', data: { userId: desk.userId, intervalId: id, from } })
}

/** Books the boundaries in (from, until] under one run. */
export function walk(desk: Desk, run: TimerRun, from: number, until: number): void {
  let t = from
  for (;;) {
    const flip = nextFlip(run, t)
    const next = Math.min(flip, desk.dayEndsAt > t ? desk.dayEndsAt : Number.POSITIVE_INFINITY)
    if (next > until) return
    if (next === desk.dayEndsAt) turnDay(desk, next)
    if (next === flip) {
      if (counts(run, next)) {
        if (desk.on) open(desk, next)
      } else close(desk, next)
    }
    t = next
  }
}

/** Cuts at the end of the member's own day, if it has passed; several days without credit turn at once. */
export function turnDay(desk: Desk, now: number): void {
  if (desk.dayEndsAt > now) return
  const cut = Math.max(desk.dayEndsAt, desk.interval?.to ?? 0)
  const running = desk.interval !== null
  if (running) close(desk, cut)
  const { userId, day } = desk
  const studiedMs = day?.nextMs
  desk.dayEndsAt = ownDayAt(day, now).dayEndsAt
  if (studiedMs !== undefined && day) desk.day = { timeZone: day.timeZone, dayStartHour: day.dayStartHour }
  const data = { userId, dayEndsAt: desk.dayEndsAt, ...(studiedMs === undefined ? {} : { studiedMs }) }
  desk.events.push({ type: 'study.dayTurned', data })
  if (running) open(desk, cut)
}
