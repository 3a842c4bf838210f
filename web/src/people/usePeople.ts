import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { PeopleCounts, PeoplePage, PersonCard } from '#schemas/api/people.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'

/** All that is asked about people stands below this key. */
const KEY = 'people'

/** What was known of people is asked anew where it is shown. */
export const peopleChanged = (): Promise<void> => queries.invalidateQueries({ queryKey: [KEY] })

/** A list in pages; `path` below /api/people, null while there is nothing to ask. */
export function usePeopleList(path: string | null, query: Record<string, string> = {}) {
  const hub = useHub()
  return useInfiniteQuery(
    {
      queryKey: [KEY, 'list', path, query],
      enabled: path !== null,
      initialPageParam: undefined as string | undefined,
      queryFn: async ({ pageParam }) => {
        const more = pageParam === undefined ? {} : { cursor: pageParam }
        const answer = await hub.api.get<PeoplePage>(`/api/people${path}`, { ...query, ...more })
        if (isRefusal(answer)) throw new Error(answer.refused)
        return answer
      },
      getNextPageParam: (last) => last.next ?? undefined,
    },
    queries,
  )
}

/** Null: not here, or not to be seen. */
export function usePersonCard(id: string) {
  const hub = useHub()
  return useQuery(
    {
      queryKey: [KEY, 'card', id],
      queryFn: async () => {
        const answer = await hub.api.get<PersonCard>(`/api/people/${id}`)
        if (!isRefusal(answer)) return answer
        if (answer.refused === 'not_found') return null
        throw new Error(answer.refused)
      },
    },
    queries,
  )
}

export function usePeopleCounts() {
  const hub = useHub()
  return useQuery(
    {
      queryKey: [KEY, 'counts'],
      queryFn: async () => {
        const answer = await hub.api.get<PeopleCounts>('/api/people/counts')
        if (isRefusal(answer)) throw new Error(answer.refused)
        return answer
      },
      // Hints may be lost.
      refetchInterval: 60_000,
    },
    queries,
  ).data
}
