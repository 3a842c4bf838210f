import { useQuery } from '@tanstack/react-query'
import { providers } from '#client/providers.ts'
import type { Provider } from '#schemas/api/social.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'

/** The ways that this server offers beside the password. */
export function useProviders(): readonly Provider[] {
  const hub = useHub()
  const { data } = useQuery(
    {
      queryKey: ['providers'],
      staleTime: Number.POSITIVE_INFINITY,
      queryFn: async () => {
        const answer = await providers(hub)
        if (isRefusal(answer)) throw new Error(answer.refused)
        return answer
      },
    },
    queries,
  )
  return data ?? []
}
