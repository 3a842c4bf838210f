import type { Directory, DirectoryChange } from '#rooms/directory/directory.ts'
import type { LobbyChanged, RoomPage, RoomQuery } from '#schemas/messages/lobby.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'

type Viewer = { readonly query: RoomQuery; readonly ids: Set<string>; total: number }

/** What each viewer of a lobby shard looks at, and what of it has changed. */
export class Viewers {
  readonly #directory: Directory
  readonly #viewers = new Map<string, Viewer>()

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

  forget(session: string): void {
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
      const gone = [...viewer.ids].filter((id) => ended.has(id))
      for (const id of gone) viewer.ids.delete(id)
      if (cards.length === 0 && gone.length === 0 && total === viewer.total) continue
      viewer.total = total
      news.set(session, { changed: cards, ended: gone, total })
    }
    return news
  }
}
