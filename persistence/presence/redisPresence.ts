import type { Ledger } from '../ports/ledger.ts'
import type { NodeLink } from '../ports/nodeLink.ts'
import { PRESENCE_SILENT_MS, type Presence, type PresenceBook } from '../ports/presence.ts'
import { openRedis, type RedisAddress, type RedisLimits } from '../redis/openRedis.ts'
import { type RedisCommand, redisLine } from '../redis/redisLine.ts'

export type RedisPresenceDeps = {
  /** Says which nodes live. */
  readonly ledger: Pick<Ledger, 'nodes'>
  readonly link: Pick<NodeLink, 'hear' | 'tellAll'>
}

export type RedisPresenceOptions = RedisLimits & {
  /** Before each key's name. */
  readonly prefix?: string
  /** Milliseconds after which this process writes again what it holds. */
  readonly renewMs?: number
}

const CHANGED = 'presence.changed'
const RENEW_MS = 15_000
/** What nobody renews any more and nobody looks at either is gone by itself. */
const KEEP_S = 86_400
const AT_ONCE = 250

type Held = Presence & { readonly node: string }
type Fact = Pick<Presence, 'place' | 'entry' | 'idle'>

/**
 * The book on Redis: a hash per user with a field per connection, so that a look costs one small read per user. Whoever holds
 * a connection writes it again every 15 s: a Redis that came back empty, and a write that failed, are made good by then. A
 * field of a node that the ledger no longer knows is taken out by who meets it. Changes are told over the link.
 */
export function redisPresence(
  address: RedisAddress,
  { ledger, link }: RedisPresenceDeps,
  options: RedisPresenceOptions = {},
): PresenceBook {
  const { prefix = '', renewMs = RENEW_MS, onFault = () => undefined } = options
  const client = openRedis(address, options)
  const line = redisLine(client)
  const keyOf = (user: string) => `${prefix}presence:{${user}}`
  const fieldOf = (node: string, session: string) => `${node} ${session}`

  /** What this process holds, and what it could not take out yet, by field. */
  const mine = new Map<string, Held>()
  const leaving = new Map<string, string>()
  const watchers = new Set<(users: readonly string[]) => void>()

  const toldHere = (users: readonly string[]) => {
    for (const changed of watchers) changed(users)
  }
  const tell = (users: readonly string[]) => {
    toldHere(users)
    link.tellAll(CHANGED, users)
  }
  const stopHearing = link.hear(CHANGED, (users) => toldHere(users as readonly string[]))

  const writing = (field: string, { user, place, entry, idle }: Held): RedisCommand[] => [
    ['HSET', keyOf(user), field, JSON.stringify({ place, entry, idle } satisfies Fact)],
    ['EXPIRE', keyOf(user), KEEP_S],
  ]

  async function takeOut(fields: readonly string[]): Promise<void> {
    const users = fields.map((field) => leaving.get(field))
    await line.all(users.flatMap((user, i) => (user === undefined ? [] : [['HDEL', keyOf(user), fields[i] ?? '']])))
    for (const [i, field] of fields.entries()) if (leaving.get(field) === users[i]) leaving.delete(field)
  }

  /** In parts, each of which is made when it is sent: what has left meanwhile is not written again. */
  async function renew(): Promise<void> {
    const gone = [...leaving.keys()]
    for (let i = 0; i < gone.length; i += AT_ONCE) await takeOut(gone.slice(i, i + AT_ONCE))
    const fields = [...mine.keys()]
    for (let i = 0; i < fields.length; i += AT_ONCE) {
      const held = fields.slice(i, i + AT_ONCE).flatMap((field) => {
        const one = mine.get(field)
        return one ? writing(field, one) : []
      })
      await line.all(held)
    }
  }
  let renewing = false
  const timer = setInterval(() => {
    if (renewing) return
    renewing = true
    renew()
      .catch(onFault)
      .finally(() => {
        renewing = false
      })
  }, renewMs)
  timer.unref()

  return {
    async put(node, presence) {
      const field = fieldOf(node, presence.session)
      const held = { ...presence, node }
      mine.set(field, held)
      leaving.delete(field)
      await line.all(writing(field, held))
      tell([presence.user])
    },

    async drop(node, session) {
      const field = fieldOf(node, session)
      const user = mine.get(field)?.user
      if (user === undefined) return
      mine.delete(field)
      leaving.set(field, user)
      await takeOut([field])
      tell([user])
    },

    async of(users) {
      const asked = [...new Set(users)]
      if (asked.length === 0) return []
      // Of each user a handful of fields: his own connections.
      const rows = (await line.all(asked.map((user) => ['HGETALL', keyOf(user)]))) as (
        | Record<string, string>
        | string[]
      )[]
      const met = rows.flatMap((row, i) =>
        fieldsOf(row).map(([field, text]) => ({ user: asked[i] ?? '', field, text })),
      )
      if (met.length === 0) return []
      const silent = new Map((await ledger.nodes()).map(({ node, silentMs }) => [node, silentMs]))
      const found: Presence[] = []
      const dead: RedisCommand[] = []
      for (const { user, field, text } of met) {
        const space = field.indexOf(' ')
        const silentMs = silent.get(field.slice(0, space))
        if (silentMs === undefined) dead.push(['HDEL', keyOf(user), field])
        else if (silentMs < PRESENCE_SILENT_MS)
          found.push({ user, session: field.slice(space + 1), ...(JSON.parse(text) as Fact) })
      }
      if (dead.length > 0) void line.all(dead).catch(onFault)
      return found
    },

    touch: async (users) => tell(users),

    subscribe(changed) {
      watchers.add(changed)
      return () => void watchers.delete(changed)
    },

    async close() {
      clearInterval(timer)
      stopHearing()
      watchers.clear()
      const left = [...mine]
      mine.clear()
      // Readers need not wait until this node counts as silent; if Redis is away, they do.
      for (const [field, { user }] of left) leaving.set(field, user)
      await renew().catch(onFault)
      if (left.length > 0) link.tellAll(CHANGED, [...new Set(left.map(([, { user }]) => user))])
      client.disconnect()
    },
  }
}

/** A reply of HGETALL, which the driver gives as an object or, called by name, as a flat list. */
function fieldsOf(row: Record<string, string> | readonly string[]): [string, string][] {
  if (!Array.isArray(row)) return Object.entries(row as Record<string, string>)
  const list = row as readonly string[]
  return Array.from({ length: list.length / 2 }, (_, i) => [list[i * 2] ?? '', list[i * 2 + 1] ?? ''])
}
