import type { LobbyChanged, RoomPage } from '#schemas/messages/lobby.ts'

/** The page with its changed cards in their old places: nothing moves under the pointer. Untouched cards stay the same objects. */
export function changePage(page: RoomPage, { changed, ended, total }: LobbyChanged): RoomPage {
  const news = new Map(changed.map((card) => [card.id, card]))
  const gone = new Set(ended)
  const rooms = page.rooms.filter((card) => !gone.has(card.id)).map((card) => news.get(card.id) ?? card)
  return { rooms, next: page.next, total }
}
