import { cycleMs, phaseAt, type TimerRun } from '#schemas/timer/phases.ts'

/** Whether study time counts at `t`: in focus, and whenever no shared timer runs or it is paused (T1). */
export function counts(run: TimerRun, t: number): boolean {
  if (run.anchor === 0 || run.pausedAt > 0) return true
  const phase = phaseAt(run, t)
  return phase === null || phase.name === 'focus'
}

/** The first moment after `t` at which `counts` changes; Infinity if it never does by itself. */
export function nextFlip(run: TimerRun, t: number): number {
  if (run.anchor === 0 || run.pausedAt > 0) return Number.POSITIVE_INFINITY
  // Focus and breaks alternate, and after the last break comes a focus or no timer at all: every boundary is a change.
  return phaseAt(run, t)?.endsAt ?? Number.POSITIVE_INFINITY
}

/** Since when it has been counting, for a moment `t` at which it counts; -Infinity if since ever. */
export function countingSince(run: TimerRun, t: number): number {
  if (run.anchor === 0 || run.pausedAt > 0) return Number.NEGATIVE_INFINITY
  return phaseAt(run, t)?.startsAt ?? endsAt(run)
}

/** When a timer that does not restart ends; Infinity for one that does, is paused, or does not run. */
export function endsAt(run: TimerRun): number {
  if (run.anchor === 0 || run.pausedAt > 0 || run.autoRestart) return Number.POSITIVE_INFINITY
  return run.anchor + cycleMs(run)
}
