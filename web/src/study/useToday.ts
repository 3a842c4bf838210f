import { useQuery } from '@tanstack/react-query'
import type { StudyHandle } from '#client/types.ts'
import type { StudyToday } from '#schemas/api/study.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub, usePlace } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'

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
      queryFn: async () => {
        const answer = await hub.api.get<StudyToday>('/api/study/today')
        if (isRefusal(answer)) throw new Error(answer.refused)
        return answer
      },
    },
    queries,
  )
  return { ...query, room }
}
