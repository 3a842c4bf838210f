import type { StudyHandle } from '#client/types.ts'
import { useRoom } from './useRoom.ts'
import { useTick } from './useTick.ts'

/** What one member's clock shows: today's total, and whether it runs. total = studiedMs + (now - studyingSince). */
export function useMemberClock(room: StudyHandle, userId: string): { ms: number; running: boolean; on: boolean } {
  const member = useRoom(room, (s) => {
    const m = s.members.get(userId)
    return { on: m?.studying ?? false, since: m?.studyingSince ?? 0, ms: m?.studiedMs ?? 0 }
  })
  const running = member.since > 0
  useTick(1000, running)
  return { ms: member.ms + (running ? Math.max(0, room.now() - member.since) : 0), running, on: member.on }
}
export const useMyClock = (room: StudyHandle) => useMemberClock(room, room.me)
