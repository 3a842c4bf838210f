import { useRef, useSyncExternalStore } from 'react'
import type { StudyHandle } from '#client/types.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import { alike } from './alike.ts'

/**
 * Selects from a room's state, which is decoded in place and has no identity of its own: the selection is compared by
 * value (`same`; `alike` by default), so a component renders again only when what it shows has changed.
 */
export function useRoom<T>(
  room: StudyHandle,
  select: (state: StudyState) => T,
  same: (a: T, b: T) => boolean = alike,
): T {
  const kept = useRef<{ change: number; value: T } | null>(null)
  return useSyncExternalStore(room.changes.subscribe, () => {
    const change = room.changes.get()
    if (kept.current?.change === change) return kept.current.value
    const value = select(room.state)
    const before = kept.current
    kept.current = { change, value: before && same(before.value, value) ? before.value : value }
    return kept.current.value
  })
}
