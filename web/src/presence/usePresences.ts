import { useEffect, useSyncExternalStore } from 'react'
import type { PresenceView } from '#schemas/messages/presence.ts'
import type { PresenceChoice } from '#schemas/presence.ts'
import { usePresenceKeeper } from './keeper.ts'

const nobody: ReadonlyMap<string, PresenceView> = new Map()
const never = () => () => {}

/** How these people are, while this screen is shown; who may not be seen is not in it. */
export function usePresences(users: readonly string[]): ReadonlyMap<string, PresenceView> {
  const keeper = usePresenceKeeper()
  const key = users.join()
  useEffect(() => (key === '' ? undefined : keeper?.watch(key.split(','))), [keeper, key])
  return useSyncExternalStore(keeper?.view.subscribe ?? never, keeper?.view.get ?? (() => nobody))
}

/** The own choice; null until it is known. */
export function useMyChoice(): PresenceChoice | null {
  const keeper = usePresenceKeeper()
  return useSyncExternalStore(keeper?.choice.subscribe ?? never, keeper?.choice.get ?? (() => null))
}
