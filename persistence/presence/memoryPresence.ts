import type { Ledger } from '../ports/ledger.ts'
import { PRESENCE_SILENT_MS, type Presence, type PresenceBook } from '../ports/presence.ts'

/**
 * The book's embedded half: in the memory of the one process. Nothing is lost with it: whoever it knew was connected to
 * that process. Which nodes live is the ledger's to say, as for every half.
 */
export function memoryPresence(ledger: Pick<Ledger, 'nodes'>): PresenceBook {
  const byUser = new Map<string, Map<string, Presence & { readonly node: string }>>()
  const userOf = new Map<string, string>()
  const watchers = new Set<(users: readonly string[]) => void>()
  const key = (node: string, session: string) => `${node} ${session}`
  const tell = (users: readonly string[]) => {
    for (const changed of watchers) changed(users)
  }

  const livingNodes = async (): Promise<ReadonlySet<string>> => {
    const living = (await ledger.nodes()).filter(({ silentMs }) => silentMs < PRESENCE_SILENT_MS)
    return new Set(living.map(({ node }) => node))
  }

  return {
    async put(node, presence) {
      const { user, session } = presence
      const mine = byUser.get(user) ?? new Map()
      mine.set(key(node, session), { ...presence, node })
      byUser.set(user, mine)
      userOf.set(key(node, session), user)
      tell([user])
    },
    async drop(node, session) {
      const user = userOf.get(key(node, session))
      if (user === undefined) return
      userOf.delete(key(node, session))
      const mine = byUser.get(user)
      mine?.delete(key(node, session))
      if (mine?.size === 0) byUser.delete(user)
      tell([user])
    },
    async of(users) {
      const found = [...new Set(users)].flatMap((user) => [...(byUser.get(user)?.values() ?? [])])
      if (found.length === 0) return []
      const living = await livingNodes()
      return found.filter(({ node }) => living.has(node)).map(({ node: _, ...presence }) => presence)
    },
    touch: async (users) => tell(users),
    subscribe(changed) {
      watchers.add(changed)
      return () => void watchers.delete(changed)
    },
    async close() {
      watchers.clear()
      byUser.clear()
      userOf.clear()
    },
  }
}
