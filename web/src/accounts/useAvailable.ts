import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'

/** Whether an e-mail or a handle is free, asked while it is typed (A1); undefined while unknown. */
export function useAvailable(field: 'email' | 'handle', value: string, valid: boolean): boolean | undefined {
  const hub = useHub()
  const [settled] = useDebouncedValue(value, 300)
  const { data } = useQuery(
    {
      queryKey: ['available', field, settled],
      enabled: valid && settled === value,
      queryFn: async () => {
        const answer = await hub.api.get<{ available: boolean }>('/api/accounts/available', { [field]: settled })
        return isRefusal(answer) ? null : answer.available
      },
    },
    queries,
  )
  return settled === value && valid ? (data ?? undefined) : undefined
}
