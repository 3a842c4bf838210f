import { useQuery } from '@tanstack/react-query'
import type { MyRooms } from '#schemas/api/rooms.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'

/** Rooms that stay and those I own, my groups' too, with what I have not read; undefined while nothing is known. */
export function useMyRooms(): MyRooms['rooms'] | undefined {
  const hub = useHub()
  const { data } = useQuery(
    {
      queryKey: ['rooms', 'mine'],
      // Coming back from a room, what was just read or marked unread there must show.
      staleTime: 0,
      refetchInterval: 15_000,
      queryFn: async () => {
        const answer = await hub.api.get<MyRooms>('/api/rooms/mine')
        return isRefusal(answer) ? { rooms: [], next: null } : answer
      },
    },
    queries,
  )
  return data?.rooms
}
