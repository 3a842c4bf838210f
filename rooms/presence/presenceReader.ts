import type { Ledger } from '#persistence/ports/ledger.ts'
import type {
  Acquaintances,
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

/** Those of `users` whose presence this viewer may see, as he may see it; asked at each look (I8). */
export async function viewsFor(
  { acquaintances, nameOf }: PresenceDeps,
  viewer: string,
  users: readonly string[],
  { connections, records }: Facts,
): Promise<PresenceView[]> {
  const visible = await acquaintances.visibleTo(viewer, users)
  const seen = users.filter((user) => visible.has(user))
  const rooms = new Set(seen.flatMap((user) => placeOf(connections.get(user) ?? []) ?? []))
  const known = rooms.size > 0 ? await acquaintances.roomsKnownTo(viewer, [...rooms]) : rooms
  const name = (room: string) => (known.has(room) ? nameOf(room) : null)
  return seen.map((user) => presenceOf(user, connections.get(user) ?? [], records.get(user), name))
}
