import { phaseAt, type TimerRun } from '../timer/phases.ts'

/** Whether members may speak, and when they may again by themselves: null while they may, or if that is not a matter of time. */
export type Microphones = { readonly open: boolean; readonly opensAt: number | null }

const OPEN: Microphones = { open: true, opensAt: null }

/**
 * What holds at `now` for members (T3); who leads the room may always speak. `times` as the state carries it. As with chat, only
 * a focus that runs closes anything. Room and browser use the same function, so nothing is sent when a phase turns.
 */
export function microphonesAt(times: string, run: TimerRun, now: number): Microphones {
  if (times === 'never') return { open: false, opensAt: null }
  if (times !== 'breaks' || run.pausedAt > 0) return OPEN
  const phase = phaseAt(run, now)
  return phase?.name === 'focus' ? { open: false, opensAt: phase.endsAt } : OPEN
}
