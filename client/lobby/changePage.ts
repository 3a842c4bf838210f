import type { LobbyChanged, RoomCard, RoomPage } from '#schemas/messages/lobby.ts'

/** The page with its changed cards in their old places: nothing moves under the pointer. Untouched cards stay the same objects. */
export function changePage(page: RoomPage, { changed, ended, total }: LobbyChanged): RoomPage {
  const news = new Map(changed.map((card) => [card.id, card]))
  const gone = new Set(ended)
  const rooms = page.rooms.filter((card) => !gone.has(card.id)).map((card) => news.get(card.id) ?? card)
  return { rooms, next: page.next, total }
}

/**
 * The same page read once more: known cards change in their places, new ones wait to be asked for. Where more follow, a card
 * that is missing may only have moved on to the next page, so it stays.
 */
export function readAgain(before: RoomPage, now: RoomPage): RoomPage {
  const news = new Map(now.rooms.map((card) => [card.id, card]))
  const rooms = before.rooms
    .filter((card) => news.has(card.id) || now.next !== null)
    .map((card) => news.get(card.id) ?? card)
  return { rooms, next: now.next, total: now.total }
}

/** The live rooms of one's own groups after news: changed in place, new ones last, ended ones gone. The same list if nothing of it changed. */
export function changeCards(cards: readonly RoomCard[], { changed, ended }: LobbyChanged): readonly RoomCard[] {
  const news = new Map(changed.filter((card) => card.group !== undefined).map((card) => [card.id, card]))
  if (news.size === 0 && !cards.some((card) => ended.includes(card.id))) return cards
  const kept = cards.filter((card) => !ended.includes(card.id)).map((card) => news.get(card.id) ?? card)
  const known = new Set(cards.map((card) => card.id))
  return [...kept, ...[...news.values()].filter((card) => !known.has(card.id))]
}
