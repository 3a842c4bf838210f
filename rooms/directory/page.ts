import type { RoomCard, RoomPage, RoomQuery } from '#schemas/messages/lobby.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { readCursor, writeCursor } from './cursor.ts'

/** A card with what searching it needs, computed once per change. */
export type Entry = { readonly card: RoomCard; readonly text: string }

/** The same folding for what is searched and what is asked: NFKC, lower case. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

export const entryOf = (card: RoomCard): Entry => ({ card, text: fold([card.name, ...card.tags].join('\n')) })

/** Sort keys, higher first; ties by id. Each sort has two. */
const keysOf: Record<RoomQuery['sort'], (card: RoomCard) => number[]> = {
  newest: (c) => [c.createdAt, 0],
  busiest: (c) => [c.members, c.createdAt],
  free: (c) => [Math.max(0, c.capacity - c.members), c.createdAt],
}

type Filter = Pick<RoomQuery, 'q' | 'level' | 'enterable'>

function matches({ card, text }: Entry, query: Filter, folded: string): boolean {
  // A group's rooms are nobody's to find.
  if (card.group !== undefined) return false
  if (query.level && card.level !== query.level) return false
  if (query.enterable && (card.locked || card.members >= card.capacity)) return false
  return folded === '' || text.includes(folded)
}

export function countMatches(entries: Iterable<Entry>, query: Filter): number {
  const folded = fold(query.q)
  let total = 0
  for (const entry of entries) if (matches(entry, query, folded)) total++
  return total
}

/** One page by filter, sort and cursor; a cursor of another sort, or that is none, is refused `invalid`. O(n log n). */
export function pageOf(entries: Iterable<Entry>, query: RoomQuery): RoomPage | Refusal {
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor)
  if (after === null || (after && (after.sort !== query.sort || after.keys.length !== 2)))
    return refuse('invalid', { paths: ['cursor'] })
  const keys = keysOf[query.sort]
  const folded = fold(query.q)
  const found: Placed[] = []
  for (const entry of entries)
    if (matches(entry, query, folded)) found.push({ keys: keys(entry.card), id: entry.card.id, card: entry.card })
  found.sort(compare)
  const from = after ? found.findIndex((p) => compare(p, after) > 0) : 0
  const page = from < 0 ? [] : found.slice(from, from + query.limit)
  const last = page.at(-1)
  const more = last !== undefined && from + page.length < found.length
  return {
    rooms: page.map((p) => p.card),
    next: more ? writeCursor({ sort: query.sort, keys: last.keys, id: last.id }) : null,
    total: found.length,
  }
}

type Key = { readonly keys: readonly number[]; readonly id: string }
type Placed = Key & { readonly card: RoomCard }

function compare(a: Key, b: Key): number {
  for (let i = 0; i < a.keys.length; i++) {
    const difference = (b.keys[i] ?? 0) - (a.keys[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
