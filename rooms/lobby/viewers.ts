import type { Directory, DirectoryChange } from '#rooms/directory/directory.ts'
import type { LobbyChanged, RoomCard, RoomPage, RoomQuery } from '#schemas/messages/lobby.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'

/** Whose groups' rooms a session sees, and which of them it was told of. */
type GroupViewer = { readonly user: string; readonly groups: Set<string>; readonly rooms: Set<string> }
type Viewer = { readonly query: RoomQuery; readonly ids: Set<string>; total: number }

/** What each viewer of a lobby shard looks at, and what of it has changed. */
export class Viewers {
  readonly #directory: Directory
  readonly #viewers = new Map<string, Viewer>()
  readonly #groups = new Map<string, GroupViewer>()

  constructor(directory: Directory) {
    this.#directory = directory
  }

  /** Remembers the page as what this session looks at, unless the query is refused. */
  look(session: string, query: RoomQuery): RoomPage | Refusal {
    const page = this.#directory.list(query)
    if (isRefusal(page)) return page
    this.#viewers.set(session, { query, ids: new Set(page.rooms.map((r) => r.id)), total: page.total })
    return page
  }

  /** Remembers the groups whose rooms this session sees; answers those that are live. */
  lookAtGroups(session: string, user: string, groups: readonly string[]): RoomCard[] {
    const mine = new Set(groups)
    const rooms = this.#directory.ofGroups(mine)
    this.#groups.set(session, { user, groups: mine, rooms: new Set(rooms.map((room) => room.id)) })
    return rooms
  }

  /** He is not in the group any more: nothing of it is told to him from now on. */
  lose(user: string, group: string): void {
    for (const viewer of this.#groups.values()) if (viewer.user === user) viewer.groups.delete(group)
  }

  forget(session: string): void {
    this.#groups.delete(session)
    this.#viewers.delete(session)
  }

  /** News per session: rooms of its page that changed or ended, and the new total. One count per distinct filter. */
  news({ changed, ended }: DirectoryChange): Map<string, LobbyChanged> {
    const totals = new Map<string, number>()
    const news = new Map<string, LobbyChanged>()
    for (const [session, viewer] of this.#viewers) {
      const { q, level, enterable } = viewer.query
      const key = JSON.stringify([q, level, enterable])
      const total = totals.get(key) ?? this.#directory.total(viewer.query)
      totals.set(key, total)
      const cards = [...viewer.ids].flatMap((id) => changed.get(id) ?? [])
      cards.push(...this.#ofGroups(session, changed))
      const gone = [...viewer.ids].filter((id) => ended.has(id))
      for (const id of gone) viewer.ids.delete(id)
      const own = this.#groups.get(session)?.rooms
      if (own) gone.push(...[...ended].filter((id) => own.delete(id)))
      if (cards.length === 0 && gone.length === 0 && total === viewer.total) continue
      viewer.total = total
      news.set(session, { changed: cards, ended: gone, total })
    }
    return news
  }

  #ofGroups(session: string, changed: DirectoryChange['changed']): RoomCard[] {
    const viewer = this.#groups.get(session)
    if (!viewer || viewer.groups.size === 0) return []
    const cards = [...changed.values()].filter((card) => card.group !== undefined && viewer.groups.has(card.group))
    for (const { id } of cards) viewer.rooms.add(id)
    return cards
  }
}
