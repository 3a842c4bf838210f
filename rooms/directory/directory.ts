import { realTimers, type Timers } from '#rooms/place/timers.ts'
import type { RoomCard, RoomPage, RoomQuery } from '#schemas/messages/lobby.ts'
import type { Refusal } from '#schemas/refusals.ts'
import { countMatches, type Entry, entryOf, pageOf } from './page.ts'

/** What changed in the directory since the last tick. */
export type DirectoryChange = { readonly changed: ReadonlyMap<string, RoomCard>; readonly ended: ReadonlySet<string> }

const TICK_MS = 1000

/**
 * The live rooms as the lobby shows them, in memory: this node's own, and those of others as they tell. An actor only says that its card may have changed
 * (O(1) per turn); cards are made when somebody looks, and once a second for those who watch. Nothing scans per event.
 */
export class Directory {
  readonly #timers: Timers
  readonly #entries = new Map<string, Entry>()
  readonly #dirty = new Map<string, () => RoomCard>()
  readonly #watchers = new Set<(change: DirectoryChange) => void>()
  readonly #ownWatchers = new Set<(change: DirectoryChange) => void>()
  /** Which node a room of `#entries` is on, if not on this one. */
  readonly #farNode = new Map<string, string>()
  readonly #farOnline = new Map<string, number>()
  #changed = new Map<string, RoomCard>()
  #ended = new Set<string>()
  #ownChanged = new Map<string, RoomCard>()
  #ownEnded = new Set<string>()
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
    // Another node has it already: what is shown is no longer this node's.
    if (this.#farNode.has(id) || !this.#entries.has(id)) return
    this.#ownChanged.delete(id)
    this.#ownEnded.add(id)
    this.#drop(id)
  }

  /** All live rooms of another node, and its users online; what it does not name has left it. */
  showFar(node: string, cards: readonly RoomCard[], online: number): void {
    if (online > 0) this.#farOnline.set(node, online)
    else this.#farOnline.delete(node)
    const named = new Set(cards.map(({ id }) => id))
    const gone = [...this.#farNode].flatMap(([id, of]) => (of === node && !named.has(id) ? [id] : []))
    this.changeFar(node, cards, gone)
  }

  /** What has changed among the live rooms of another node. This node's own word on a room counts more. */
  changeFar(node: string, changed: readonly RoomCard[], ended: readonly string[]): void {
    for (const card of changed) {
      const { id } = card
      if (this.#isOwn(id)) continue
      this.#farNode.set(id, node)
      this.#show(id, entryOf(card))
    }
    for (const id of ended) if (this.#farNode.get(id) === node) this.#drop(id)
  }

  /** The node on which the room is shown, null when it is this one or nobody shows it. */
  farNodeOf(id: string): string | null {
    return this.#farNode.get(id) ?? null
  }

  onlineFar(): number {
    let sum = 0
    for (const online of this.#farOnline.values()) sum += online
    return sum
  }

  /** Live rooms of this node alone, those of groups too, and who sits in them. */
  ownCounts(): { rooms: number; members: number } {
    const own = this.own()
    return { rooms: own.length, members: own.reduce((sum, { members }) => sum + members, 0) }
  }

  /** Live rooms of this node. */
  own(): RoomCard[] {
    this.#refresh()
    return [...this.#entries].flatMap(([id, { card }]) => (this.#farNode.has(id) ? [] : [card]))
  }

  /** As `watch`, of this node's rooms alone. */
  watchOwn(seen: (change: DirectoryChange) => void): () => void {
    this.#ownWatchers.add(seen)
    return () => void this.#ownWatchers.delete(seen)
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

  /** What all may know: without the rooms of groups. */
  counts(): { rooms: number; members: number; studying: number } {
    this.#refresh()
    let rooms = 0
    let members = 0
    let studying = 0
    for (const { card } of this.#entries.values()) {
      if (card.group !== undefined) continue
      rooms += 1
      members += card.members
      studying += card.studying
    }
    return { rooms, members, studying }
  }

  #refresh(): void {
    for (const [id, make] of this.#dirty) {
      // The others hear of a room that has come here even if it looks as it did.
      const hasCome = this.#farNode.delete(id)
      const entry = entryOf(make())
      if (!this.#show(id, entry) && !hasCome) continue
      this.#ownChanged.set(id, entry.card)
      this.#ownEnded.delete(id)
    }
    this.#dirty.clear()
  }

  #isOwn(id: string): boolean {
    return this.#dirty.has(id) || (this.#entries.has(id) && !this.#farNode.has(id))
  }

  #show(id: string, entry: Entry): boolean {
    const before = this.#entries.get(id)
    if (before && JSON.stringify(before.card) === JSON.stringify(entry.card)) return false
    this.#entries.set(id, entry)
    this.#changed.set(id, entry.card)
    this.#ended.delete(id)
    this.#schedule()
    return true
  }

  #drop(id: string): void {
    this.#farNode.delete(id)
    this.#entries.delete(id)
    this.#changed.delete(id)
    this.#ended.add(id)
    this.#schedule()
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
    if (this.#ownChanged.size > 0 || this.#ownEnded.size > 0) {
      const own = { changed: this.#ownChanged, ended: this.#ownEnded }
      this.#ownChanged = new Map()
      this.#ownEnded = new Set()
      for (const seen of this.#ownWatchers) seen(own)
    }
    if (this.#changed.size === 0 && this.#ended.size === 0) return
    const change = { changed: this.#changed, ended: this.#ended }
    this.#changed = new Map()
    this.#ended = new Set()
    for (const seen of this.#watchers) seen(change)
  }
}
