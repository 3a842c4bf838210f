import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { changeStudySettings, studyDay, studyDays, studySummary } from '#client/study.ts'
import type { StudySettings, StudySummary } from '#schemas/api/study.ts'
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
      queryFn: async () => answered(await studySummary(hub)),
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
        const { days } = answered(await studyDays(hub, mapStart(today ?? ''), today ?? ''))
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
      queryFn: async () => answered(await studyDay(hub, day)),
    },
    queries,
  )
}

export function useSettingsChange() {
  const hub = useHub()
  const cache = useQueryClient(queries)
  return useMutation(
    {
      mutationFn: async (change: Partial<StudySettings>) => answered(await changeStudySettings(hub, change)),
      onSuccess: (settings) => {
        cache.setQueryData<StudySummary>(['study', 'summary'], (before) => before && { ...before, settings })
        void cache.invalidateQueries({ queryKey: ['study', 'board'] })
      },
    },
    queries,
  )
}
