import { getRouteApi } from '@tanstack/react-router'
import { usePlace } from '../app/hub.tsx'
import { RoomGate } from './RoomGate.tsx'
import { StudyRoom } from './StudyRoom.tsx'

const route = getRouteApi('/rooms/$roomId')

/** A room's address: enters if I am not in it yet, and shows it or says why not. */
export function RoomPage() {
  const { roomId } = route.useParams()
  const { m } = route.useSearch()
  const place = usePlace()
  if (place.status === 'in' && place.roomId === roomId) return <StudyRoom room={place.room} message={m ?? null} />
  return <RoomGate roomId={roomId} />
}
