import { useQuery } from '@tanstack/react-query'
import { studyToday } from '#client/study.ts'
import type { StudyHandle } from '#client/types.ts'
import { useHub, usePlace } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'
import { answered } from './useRecord.ts'

const AGAIN_MS = 20_000

/** Today's study as stored, read again now and then and as soon as the day is over. */
export function useToday(signedIn: boolean) {
  const hub = useHub()
  const place = usePlace()
  const room: StudyHandle | null = place.status === 'in' ? place.room : null
  const now = () => room?.now() ?? hub.lobby.now()
  const query = useQuery(
    {
      queryKey: ['study', 'today'],
      enabled: signedIn,
      staleTime: 0,
      refetchInterval: ({ state }) =>
        state.data ? Math.min(AGAIN_MS, Math.max(1_000, state.data.dayEndsAt - now() + 500)) : AGAIN_MS,
      queryFn: async () => answered(await studyToday(hub)),
    },
    queries,
  )
  return { ...query, room }
}
