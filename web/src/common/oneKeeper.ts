import { systemTimers, type Timers } from '#client/timers.ts'
import type { StudyHub } from '#client/types.ts'
import { useHub, useSession } from '../app/hub.tsx'

/**
 * A hook that gives the one keeper of whoever is signed in, however many screens ask, null for a visitor. It lives from
 * the first question until somebody else asks or the hub is another; who signs out leaves one that hears nothing.
 */
export function oneKeeper<K extends { close(): void }>(make: (hub: StudyHub, timers: Timers) => K): () => K | null {
  let current: { readonly hub: StudyHub; readonly user: string; readonly keeper: K } | null = null
  const keeperOf = (hub: StudyHub, user: string): K => {
    if (current?.hub === hub && current.user === user) return current.keeper
    current?.keeper.close()
    current = { hub, user, keeper: make(hub, systemTimers) }
    return current.keeper
  }
  return function useKeeper() {
    const hub = useHub()
    const session = useSession()
    return session.status === 'in' ? keeperOf(hub, session.me.id) : null
  }
}
