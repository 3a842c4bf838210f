import { useSyncExternalStore } from 'react'
import type { Store } from '#client/types.ts'

/** Follows a store of the client core. */
export const useStore = <T>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.get)
