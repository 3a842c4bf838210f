import { useRoom } from '../../hooks/useRoom.ts'
import { useStudyRoom } from '../roomContext.tsx'

/** Whether I may start the shared timer, and drive the one that runs (T2). The room decides; this only hides what it would refuse. */
export function useTimerRights(): { starts: boolean; drives: boolean } {
  const room = useStudyRoom()
  return useRoom(room, (s) => {
    const leads = (id: string) => s.owner === id || s.members.get(id)?.role === 'moderator'
    const anyLeader = [...s.members.keys()].some(leads)
    const { startedBy } = s.timer
    return {
      starts: s.kind === 'open' || leads(room.me) || !anyLeader,
      drives: startedBy === room.me || leads(room.me) || !(anyLeader || s.members.has(startedBy)),
    }
  })
}
