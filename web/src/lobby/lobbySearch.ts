import { type Level, levels, roomSorts } from '#schemas/limits.ts'
import type { RoomQuery } from '#schemas/messages/lobby.ts'

/** What of the lobby stands in its address: absent is the usual. `after` is a page's cursor, `page` its number for people. */
export type LobbySearch = {
  q?: string
  level?: Level
  sort?: RoomQuery['sort']
  free?: true
  after?: string
  page?: number
}
const usual = { sort: 'newest', limit: 24 } as const

/** Anything may stand in an address: what is not understood is left out. */
export function lobbySearch(raw: Record<string, unknown>): LobbySearch {
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
  const q = text(raw['q']).slice(0, 60)
  const level = levels.find((name) => name === raw['level'])
  const sort = roomSorts.find((name) => name === raw['sort'] && name !== usual.sort)
  const after = text(raw['after']).slice(0, 200)
  const page = Number(raw['page'])
  return {
    ...(q.trim() !== '' && { q }),
    ...(level && { level }),
    ...(sort && { sort }),
    ...(raw['free'] === true && { free: true }),
    ...(after && { after, page: Number.isInteger(page) && page > 1 ? page : 2 }),
  }
}

/** The query of an address; keys that are not in it are there as undefined, so that they are taken away. */
export function queryOf({ q, level, sort, free, after }: LobbySearch): Partial<RoomQuery> {
  return {
    q: q?.trim() ?? '',
    level,
    sort: sort ?? usual.sort,
    enterable: free ?? false,
    limit: usual.limit,
    cursor: after,
  } as Partial<RoomQuery>
}

/** Another filter begins at its first page. */
export const refined = ({ after: _, page: __, ...search }: LobbySearch, change: LobbySearch): LobbySearch =>
  lobbySearch({ ...search, ...change })
