import type { StudyHandle } from '#client/types.ts'
import { studiedAt } from './clockOf.ts'
import { useRoom } from './useRoom.ts'
import { useTick } from './useTick.ts'

/** What one member's clock shows: today's total, whether it runs and since when (place's clock; 0: it does not). */
export function useMemberClock(
  room: StudyHandle,
  userId: string,
): { ms: number; running: boolean; on: boolean; since: number } {
  const member = useRoom(room, (s) => {
    const m = s.members.get(userId)
    return {
      on: m?.studying ?? false,
      since: m?.studyingSince ?? 0,
      ms: m?.studiedMs ?? 0,
      dayEndsAt: m?.dayEndsAt ?? 0,
      checkAt: m?.checkAt ?? 0,
    }
  })
  const running = member.since > 0
  useTick(1000, running)
  // While a presence check is open the clock stands: what follows counts with the answer.
  return { ms: studiedAt(member, member.checkAt || room.now()), running, on: member.on, since: member.since }
}
export const useMyClock = (room: StudyHandle) => useMemberClock(room, room.me)
