import type { StudyHandle } from '#client/types.ts'
import { type FocusChat, stageAt } from '#schemas/stage/stage.ts'
import { usePhase } from '../../hooks/usePhase.ts'
import { useRoom } from '../../hooks/useRoom.ts'

/** What the phase does to chat now, and for how long. */
export function useStage(room: StudyHandle): { chat: FocusChat; slowMs: number; leftMs: number } {
  const policy = useRoom(room, ({ stage: { chat, slowMs, quiet } }) => ({ chat, slowMs, quiet }))
  // Draws again as the phase goes on.
  usePhase(room)
  const now = room.now()
  const { chat, opensAt } = stageAt(policy, room.state.timer, now)
  return { chat, slowMs: policy.slowMs, leftMs: opensAt === null ? 0 : Math.max(0, opensAt - now) }
}
