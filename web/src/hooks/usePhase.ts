import type { StudyHandle } from '#client/types.ts'
import { type PhaseName, phaseAt } from '#schemas/timer/phases.ts'
import { useRoom } from './useRoom.ts'
import { useTick } from './useTick.ts'

export type ShownPhase = {
  name: PhaseName
  paused: boolean
  round: number
  index: number
  leftMs: number
  share: number
}

/** The shared timer's phase now, or null; computed from the plan, four times a second while it runs. */
export function usePhase(room: StudyHandle): ShownPhase | null {
  const run = useRoom(room, (s) => ({
    anchor: s.timer.anchor,
    pausedAt: s.timer.pausedAt,
    focusMs: s.timer.focusMs,
    breakMs: s.timer.breakMs,
    longBreakMs: s.timer.longBreakMs,
    rounds: s.timer.rounds,
    autoRestart: s.timer.autoRestart,
  }))
  useTick(250, run.anchor > 0 && run.pausedAt === 0)
  const now = room.now()
  const phase = phaseAt(run, now)
  if (!phase) return null
  const leftMs = Math.max(0, phase.endsAt - (run.pausedAt > 0 ? run.pausedAt : now))
  return {
    name: phase.name,
    paused: run.pausedAt > 0,
    round: phase.round,
    index: phase.index,
    leftMs,
    share: leftMs / (phase.endsAt - phase.startsAt),
  }
}
