import { PresenceKeeper } from '#client/presence/presenceKeeper.ts'
import { systemTimers } from '#client/timers.ts'
import type { StudyHub } from '#client/types.ts'
import { useHub, useSession } from '../app/hub.tsx'

let current: { readonly hub: StudyHub; readonly user: string; readonly keeper: PresenceKeeper } | null = null

/** The one keeper of whoever is signed in: screens that come in different chunks share it. */
function keeperOf(hub: StudyHub, user: string): PresenceKeeper {
  if (current?.hub === hub && current.user === user) return current.keeper
  current?.keeper.close()
  const keeper = new PresenceKeeper({ link: hub.link, api: hub.api, timers: systemTimers })
  current = { hub, user, keeper }
  return keeper
}

/** Null for a visitor. */
export function usePresenceKeeper(): PresenceKeeper | null {
  const hub = useHub()
  const session = useSession()
  return session.status === 'in' ? keeperOf(hub, session.me.id) : null
}
