import { useEffect, useSyncExternalStore } from 'react'
import { createStore } from '#client/store.ts'
import type { StudyHub } from '#client/types.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'

/** Whom I have blocked, for screens where they may still appear. */
const blocked = createStore<ReadonlySet<string>>(new Set())

export async function readBlocked({ api }: StudyHub): Promise<void> {
  const answer = await api.get<{ ids: string[] }>('/api/people/blocked/ids')
  if (!isRefusal(answer)) blocked.set(new Set(answer.ids))
}

/** Reads them once for a screen. */
export function useBlockedHere(): void {
  const hub = useHub()
  useEffect(() => void readBlocked(hub), [hub])
}

export const useBlocked = (): ReadonlySet<string> => useSyncExternalStore(blocked.subscribe, blocked.get)
export const useIsBlocked = (id: string): boolean =>
  useSyncExternalStore(blocked.subscribe, () => blocked.get().has(id))
