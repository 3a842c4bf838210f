import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'

/** Whether a handle is free, asked while it is typed (A1); undefined while unknown. */
export function useAvailable(handle: string, valid: boolean): boolean | undefined {
  const hub = useHub()
  const [settled] = useDebouncedValue(handle, 300)
  const { data } = useQuery(
    {
      queryKey: ['available', settled],
      enabled: valid && settled === handle,
      queryFn: async () => {
        const answer = await hub.api.get<{ available: boolean }>('/api/accounts/available', { handle: settled })
        return isRefusal(answer) ? null : answer.available
      },
    },
    queries,
  )
  return settled === handle && valid ? (data ?? undefined) : undefined
}
