/**
 * Where a pomodoro stands, as a pure function of its plan and a moment (T2). Room and browser use the same function, so
 * no tick ever goes over the wire. Technique: Francesco Cirillo's Pomodoro, with a long break after `rounds` focuses.
 */
export type TimerPlan = {
  readonly focusMs: number
  readonly breakMs: number
  readonly longBreakMs: number
  readonly rounds: number
  readonly autoRestart: boolean
}
export type TimerRun = TimerPlan & { readonly anchor: number; readonly pausedAt: number }

export type PhaseName = 'focus' | 'break' | 'longBreak'
export type Phase = {
  readonly name: PhaseName
  /** Counts phases since the anchor, from 0. */
  readonly index: number
  /** Focus round within the cycle, from 1. */
  readonly round: number
  readonly startsAt: number
  readonly endsAt: number
}

/** Length of one whole cycle in milliseconds. */
export const cycleMs = (p: TimerPlan): number => p.rounds * p.focusMs + (p.rounds - 1) * p.breakMs + p.longBreakMs

/** The phase at `now` (milliseconds of the place's clock), or null: not started, or ended without auto-restart. */
export function phaseAt(run: TimerRun, now: number): Phase | null {
  if (run.anchor === 0) return null
  const at = run.pausedAt > 0 ? run.pausedAt : now
  const elapsed = Math.max(0, at - run.anchor)
  const cycle = cycleMs(run)
  const cycles = Math.floor(elapsed / cycle)
  if (cycles > 0 && !run.autoRestart) return null
  let startsAt = run.anchor + cycles * cycle
  const perCycle = run.rounds * 2
  for (let i = 0; i < perCycle; i++) {
    const name: PhaseName = i % 2 === 0 ? 'focus' : i === perCycle - 1 ? 'longBreak' : 'break'
    const length = name === 'focus' ? run.focusMs : name === 'break' ? run.breakMs : run.longBreakMs
    if (at < startsAt + length || i === perCycle - 1)
      return { name, index: cycles * perCycle + i, round: Math.floor(i / 2) + 1, startsAt, endsAt: startsAt + length }
    startsAt += length
  }
  return null
}

/** The phase after the one at `now`; null when the timer ends then. */
export function nextPhase(run: TimerRun, now: number): Phase | null {
  const current = phaseAt(run, now)
  return current && phaseAt({ ...run, pausedAt: 0 }, current.endsAt)
}
