import { useSyncExternalStore } from 'react'
import { usePlace } from '../app/hub.tsx'

const nothing = () => () => {}

/** Whether one's own study timer is on in the place of this page, as the room says. */
export function useStudying(): boolean {
  const place = usePlace()
  const room = place.status === 'in' ? place.room : null
  return useSyncExternalStore(
    room?.changes.subscribe ?? nothing,
    () => room?.state.members.get(room.me)?.studying ?? false,
  )
}
