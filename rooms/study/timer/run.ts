import type { TimerPlan, TimerRun } from '#schemas/timer/phases.ts'
import type { StudyPlace } from '../studyPlace.ts'

/** The plan without the rest, so that events hold nothing else. */
export const planOf = (p: TimerPlan): TimerPlan => ({
  focusMs: p.focusMs,
  breakMs: p.breakMs,
  longBreakMs: p.longBreakMs,
  rounds: p.rounds,
  autoRestart: p.autoRestart,
})

/** The shared timer's run as plain data: decisions never hold on to state that is going to change. */
export const runOf = ({ state: { timer } }: StudyPlace): TimerRun => ({
  ...planOf(timer),
  anchor: timer.anchor,
  pausedAt: timer.pausedAt,
})
