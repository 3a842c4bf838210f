import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { GroupDetail, GroupMembers, MyGroups } from '#schemas/api/groups.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'
import { sayRefusal } from '../common/say.ts'

const changed = () => void queries.invalidateQueries({ queryKey: ['groups'] })

/** Asked again every few seconds, and at once when something of a group is told to me. */
function useGroupQuery<T>(key: readonly unknown[], path: string, on = true) {
  const hub = useHub()
  useEffect(() => hub.onInbox((item) => item.kind === 'group' && changed()), [hub])
  return useQuery<T | Refusal>(
    {
      queryKey: ['groups', ...key],
      enabled: on,
      staleTime: 0,
      refetchInterval: 10_000,
      queryFn: () => hub.api.get<T>(path),
    },
    queries,
  ).data
}

export const useMyGroups = (on = true): MyGroups | Refusal | undefined =>
  useGroupQuery<MyGroups>(['mine'], '/api/groups', on)
export const useGroup = (id: string): GroupDetail | Refusal | undefined =>
  useGroupQuery<GroupDetail>(['one', id], `/api/groups/${id}`)
export const useOfGroup = <T>(id: string, what: string, on = true): T | Refusal | undefined =>
  useGroupQuery<T>(['one', id, what], `/api/groups/${id}/${what}`, on)

/** The members in pages, oldest membership first. */
export function useMembers(id: string, on = true) {
  const hub = useHub()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    {
      queryKey: ['groups', 'one', id, 'members'],
      enabled: on,
      staleTime: 0,
      refetchInterval: 10_000,
      initialPageParam: undefined as string | undefined,
      queryFn: async ({ pageParam }) => {
        const after = pageParam === undefined ? {} : { cursor: pageParam }
        const answer = await hub.api.get<GroupMembers>(`/api/groups/${id}/members`, { limit: 100, ...after })
        if (isRefusal(answer)) throw new Error(answer.refused)
        return answer
      },
      getNextPageParam: (last) => last.next ?? undefined,
    },
    queries,
  )
  const members = data?.pages.flatMap((page) => page.members) ?? []
  return { members, hasMore: hasNextPage, loading: isFetchingNextPage, more: () => void fetchNextPage() }
}

/** Sends a change and looks anew; null when it was refused, which has been told then. */
export function useGroupAct() {
  const hub = useHub()
  return async <T>(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T | null> => {
    const answer = await hub.api.send<T>(method, `/api/groups${path}`, body)
    changed()
    if (!isRefusal(answer)) return answer
    sayRefusal(answer.refused)
    return null
  }
}
