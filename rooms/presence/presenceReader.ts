import type { Ledger } from '#persistence/ports/ledger.ts'
import type {
  Acquaintances,
  Looks,
  Presence,
  PresenceBook,
  PresenceRecord,
  PresenceRecords,
} from '#persistence/ports/presence.ts'
import type { PresenceView } from '#schemas/messages/presence.ts'
import { placeOf, presenceOf } from './presenceView.ts'

export type PresenceDeps = {
  readonly ledger: Pick<Ledger, 'now'>
  readonly book: PresenceBook
  readonly records: PresenceRecords
  readonly acquaintances: Acquaintances
  /** Name of a live room, null if it is not known. */
  nameOf(room: string): string | null
}

/** What is so about some users at one moment, before anybody's right to know it. */
export type Facts = {
  readonly connections: ReadonlyMap<string, readonly Presence[]>
  readonly records: ReadonlyMap<string, PresenceRecord>
}

const AT_ONCE = 1_000

export async function readFacts({ book, records }: PresenceDeps, users: readonly string[]): Promise<Facts> {
  const known = new Map<string, PresenceRecord>()
  const found: Presence[] = []
  for (let i = 0; i < users.length; i += AT_ONCE) {
    const part = users.slice(i, i + AT_ONCE)
    const [rows, connections] = await Promise.all([records.of(part), book.of(part)])
    for (const [user, record] of rows) known.set(user, record)
    found.push(...connections)
  }
  return { connections: Map.groupBy(found, (c) => c.user), records: known }
}

export type Look = { readonly viewer: string; readonly users: readonly string[] }

/** Of each look those users whose presence its viewer may see, as he may see it, in the order of the looks; asked each time (I8). */
export async function viewsFor(
  { acquaintances, nameOf }: PresenceDeps,
  looks: readonly Look[],
  { connections, records }: Facts,
): Promise<readonly PresenceView[][]> {
  const visible = await acquaintances.visibleTo(byViewer(looks))
  const seen = looks.map(({ viewer, users }) => users.filter((user) => visible.get(viewer)?.has(user)))
  const placed = (user: string) => placeOf(connections.get(user) ?? []) ?? []
  const rooms = looks.map(({ viewer }, i) => ({ viewer, users: (seen[i] ?? []).flatMap(placed) }))
  const asked = rooms.filter(({ users }) => users.length > 0)
  const known = asked.length > 0 ? await acquaintances.roomsKnownTo(byViewer(asked)) : null
  return looks.map(({ viewer }, i) => {
    const name = (room: string) => (known?.get(viewer)?.has(room) ? nameOf(room) : null)
    return (seen[i] ?? []).map((user) => presenceOf(user, connections.get(user) ?? [], records.get(user), name))
  })
}

/** What the connections of one viewer look at, together and once. */
const byViewer = (looks: readonly Look[]): Looks =>
  new Map(
    [...Map.groupBy(looks, ({ viewer }) => viewer)].map(([viewer, own]) => [
      viewer,
      [...new Set(own.flatMap(({ users }) => users))],
    ]),
  )
