import { createContext, useContext } from 'react'
import type { StudyHandle } from '#client/types.ts'
import { useRoom } from '../hooks/useRoom.ts'

export const RoomContext = createContext<StudyHandle | null>(null)

/** The room this screen shows. */
export function useStudyRoom(): StudyHandle {
  const room = useContext(RoomContext)
  if (!room) throw new Error('no room above this component')
  return room
}

/** What I may do here: rules are the room's; this only hides what would be refused. */
export function useMyRole(): { role: string; moderates: boolean; owns: boolean; muted: boolean } {
  const room = useStudyRoom()
  return useRoom(room, (s) => {
    const me = s.members.get(room.me)
    const role = s.owner === room.me ? 'owner' : (me?.role ?? 'member')
    return { role, moderates: role !== 'member', owns: role === 'owner', muted: me?.muted ?? false }
  })
}
