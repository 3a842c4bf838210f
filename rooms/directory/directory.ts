import { realTimers, type Timers } from '#rooms/place/timers.ts'
import type { RoomCard, RoomPage, RoomQuery } from '#schemas/messages/lobby.ts'
import type { Refusal } from '#schemas/refusals.ts'
import { countMatches, type Entry, entryOf, pageOf } from './page.ts'

/** What changed in the directory since the last tick. */
export type DirectoryChange = { readonly changed: ReadonlyMap<string, RoomCard>; readonly ended: ReadonlySet<string> }

const TICK_MS = 1000

/**
 * The live rooms of this node as the lobby shows them, in memory. An actor only says that its card may have changed
 * (O(1) per turn); cards are made when somebody looks, and once a second for those who watch. Nothing scans per event.
 */
export class Directory {
  readonly #timers: Timers
  readonly #entries = new Map<string, Entry>()
  readonly #dirty = new Map<string, () => RoomCard>()
  readonly #watchers = new Set<(change: DirectoryChange) => void>()
  #changed = new Map<string, RoomCard>()
  #ended = new Set<string>()
  #ticking = false

  constructor(timers: Timers = realTimers) {
    this.#timers = timers
  }

  /** The room's card may have changed; `card` is asked later, once for many calls. */
  put(id: string, card: () => RoomCard): void {
    this.#dirty.set(id, card)
    this.#schedule()
  }

  remove(id: string): void {
    this.#dirty.delete(id)
    if (!this.#entries.delete(id)) return
    this.#changed.delete(id)
    this.#ended.add(id)
    this.#schedule()
  }

  /** Called at most once a second, with all that changed; returns how to stop. */
  watch(seen: (change: DirectoryChange) => void): () => void {
    this.#watchers.add(seen)
    return () => void this.#watchers.delete(seen)
  }

  card(id: string): RoomCard | null {
    this.#refresh()
    return this.#entries.get(id)?.card ?? null
  }

  list(query: RoomQuery): RoomPage | Refusal {
    this.#refresh()
    return pageOf(this.#entries.values(), query)
  }

  total(query: RoomQuery): number {
    this.#refresh()
    return countMatches(this.#entries.values(), query)
  }

  /** Live rooms of these groups. The caller has asked who may see them. */
  ofGroups(groups: ReadonlySet<string>): RoomCard[] {
    if (groups.size === 0) return []
    this.#refresh()
    return [...this.#entries.values()].flatMap(({ card }) =>
      card.group !== undefined && groups.has(card.group) ? [card] : [],
    )
  }

  /** `all`: with the rooms of groups, for operators only; the public counts leave them out. */
  counts(all = false): { rooms: number; members: number; studying: number } {
    this.#refresh()
    let rooms = 0
    let members = 0
    let studying = 0
    for (const { card } of this.#entries.values()) {
      if (card.group !== undefined && !all) continue
      rooms += 1
      members += card.members
      studying += card.studying
    }
    return { rooms, members, studying }
  }

  #refresh(): void {
    for (const [id, make] of this.#dirty) {
      const entry = entryOf(make())
      const before = this.#entries.get(id)
      if (before && JSON.stringify(before.card) === JSON.stringify(entry.card)) continue
      this.#entries.set(id, entry)
      this.#changed.set(id, entry.card)
      this.#ended.delete(id)
    }
    this.#dirty.clear()
  }

  #schedule(): void {
    if (this.#ticking) return
    this.#ticking = true
    this.#timers.after(TICK_MS, () => {
      this.#ticking = false
      this.#tick()
    })
  }

  #tick(): void {
    this.#refresh()
    if (this.#changed.size === 0 && this.#ended.size === 0) return
    const change = { changed: this.#changed, ended: this.#ended }
    this.#changed = new Map()
    this.#ended = new Set()
    for (const seen of this.#watchers) seen(change)
  }
}
