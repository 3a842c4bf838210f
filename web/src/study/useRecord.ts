import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { StudyDay, StudyDays, StudySettings, StudySummary } from '#schemas/api/study.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'
import { mapStart } from './heatMap.ts'

/** Refusals as errors, as the query cache wants them. */
export function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.refused)
  return answer
}

const AGAIN_MS = 60_000

/** Sums, streak and goals; read again now and then, for time runs on other devices too. */
export function useSummary() {
  const hub = useHub()
  return useQuery(
    {
      queryKey: ['study', 'summary'],
      refetchInterval: AGAIN_MS,
      queryFn: async () => answered(await hub.api.get<StudySummary>('/api/study/summary')),
    },
    queries,
  )
}

/** Milliseconds by day, over the year that the heat map shows. */
export function useYear(today: string | undefined) {
  const hub = useHub()
  return useQuery(
    {
      queryKey: ['study', 'year', today],
      enabled: today !== undefined,
      refetchInterval: AGAIN_MS,
      queryFn: async () => {
        const query = { from: mapStart(today ?? ''), to: today ?? '' }
        const { days } = answered(await hub.api.get<StudyDays>('/api/study/days', query))
        return new Map(days.map(({ day, totalMs }) => [day, totalMs]))
      },
    },
    queries,
  )
}

/** One day with its intervals. */
export function useDay(day: string) {
  const hub = useHub()
  return useQuery(
    {
      queryKey: ['study', 'day', day],
      placeholderData: (before) => before,
      queryFn: async () => answered(await hub.api.get<StudyDay>(`/api/study/days/${day}`)),
    },
    queries,
  )
}

export function useSettingsChange() {
  const hub = useHub()
  const cache = useQueryClient(queries)
  return useMutation(
    {
      mutationFn: async (change: Partial<StudySettings>) =>
        answered(await hub.api.send<StudySettings>('PATCH', '/api/study/settings', change)),
      onSuccess: (settings) => {
        cache.setQueryData<StudySummary>(['study', 'summary'], (before) => before && { ...before, settings })
        void cache.invalidateQueries({ queryKey: ['study', 'board'] })
      },
    },
    queries,
  )
}
