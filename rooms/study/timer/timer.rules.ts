import type { Decision, Moment } from '#rooms/place/types.ts'
import type { EventData } from '#schemas/events/catalogue.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { phaseAt, type TimerPlan, type TimerRun } from '#schemas/timer/phases.ts'
import { leads } from '../members/roles.ts'
import { bookChange } from '../study/study.rules.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { planOf, runOf } from './run.ts'

type How = EventData<'timer.set'>['how']

/** Starts at phase 0 with the given plan, else with the room's (T2). */
export function decideStart(place: StudyPlace, userId: string, plan: TimerPlan | undefined, { now }: Moment): Decision {
  const refusal = mayStart(place, userId)
  if (refusal) return refusal
  const run = runOf(place)
  if (phaseAt(run, now)) return refuse('already_running')
  return set(place, 'started', { ...planOf(plan ?? run), anchor: now, pausedAt: 0 }, userId, now)
}

export function decidePause(place: StudyPlace, userId: string, { now }: Moment): Decision {
  const running = mayDrive(place, userId, now)
  if ('refused' in running) return running
  if (running.pausedAt > 0) return refuse('nothing_to_do')
  return set(place, 'paused', { ...running, pausedAt: now }, userId, now)
}

/** What was left of the phase at the pause is left now. */
export function decideResume(place: StudyPlace, userId: string, { now }: Moment): Decision {
  const running = mayDrive(place, userId, now)
  if ('refused' in running) return running
  if (running.pausedAt === 0) return refuse('nothing_to_do')
  const anchor = running.anchor + now - running.pausedAt
  return set(place, 'resumed', { ...running, anchor, pausedAt: 0 }, userId, now)
}

/** The next phase begins now (a paused timer stays paused at its beginning). `index` is the phase the sender saw. */
export function decideSkip(place: StudyPlace, userId: string, index: number, { now }: Moment): Decision {
  const running = mayDrive(place, userId, now)
  if ('refused' in running) return running
  const at = running.pausedAt || now
  const phase = phaseAt(running, at)
  if (!phase) return refuse('not_running')
  if (phase.index !== index) return refuse('conflict', { index: phase.index })
  const next = { ...running, anchor: running.anchor - (phase.endsAt - at) }
  if (!phaseAt(next, at)) return set(place, 'ended', { ...next, anchor: 0, pausedAt: 0 }, userId, now)
  return set(place, 'skipped', next, userId, now)
}

export function decideStop(place: StudyPlace, userId: string, { now }: Moment): Decision {
  const running = mayDrive(place, userId, now)
  if ('refused' in running) return running
  return set(place, 'stopped', { ...running, anchor: 0, pausedAt: 0 }, userId, now)
}

/** Changes the plan while no timer runs. */
export function decidePlan(place: StudyPlace, userId: string, plan: TimerPlan, { now }: Moment): Decision {
  const refusal = mayStart(place, userId)
  if (refusal) return refusal
  const run = runOf(place)
  if (phaseAt(run, now)) return refuse('already_running')
  const keys = ['focusMs', 'breakMs', 'longBreakMs', 'rounds', 'autoRestart'] as const
  if (keys.every((key) => run[key] === plan[key])) return refuse('nothing_to_do')
  return set(place, 'planned', { ...planOf(plan), anchor: 0, pausedAt: 0 }, userId, now)
}

function set(place: StudyPlace, how: How, run: TimerRun, by: string, now: number): Decision {
  return { events: [...bookChange(place, run, now), { type: 'timer.set', data: { how, run, by } }], reply: {} }
}

// In an open room anybody may start. In a room that stays its owner and moderators do, or anybody while none of them is here.
function mayStart(place: StudyPlace, userId: string): Refusal | null {
  const { members, kind } = place.state
  if (!members.has(userId)) return refuse('not_present')
  if (kind === 'open' || leads(place, userId)) return null
  return [...members.keys()].some((present) => leads(place, present)) ? refuse('forbidden') : null
}

function mayDrive(place: StudyPlace, userId: string, now: number): TimerRun | Refusal {
  if (!place.state.members.has(userId)) return refuse('not_present')
  const run = runOf(place)
  if (!phaseAt(run, now)) return refuse('not_running')
  const { startedBy } = place.state.timer
  if (startedBy === userId || leads(place, userId)) return run
  // Who started it is gone, and nobody who leads is here: those who stayed must not be stuck with it.
  const abandoned = [...place.state.members.keys()].every((present) => present !== startedBy && !leads(place, present))
  return abandoned ? run : refuse('forbidden')
}
