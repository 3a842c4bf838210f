import type { ReadMark } from '#persistence/database/readMarkers/readMarkers.ts'
import type { Room } from '#persistence/database/rooms/room.ts'
import type { RoomDetail } from '#schemas/api/rooms.ts'
import type { RoomCard } from '#schemas/messages/lobby.ts'

/** A room for whoever asks: the live actor's card where there is one, else as it fell asleep. */
export function detailOf(room: Room, card: RoomCard | null, mark: ReadMark): RoomDetail {
  return {
    ...(card ?? asleepCard(room)),
    live: card !== null,
    owner: room.owner,
    chatHead: room.chatHead,
    ...mark,
  }
}

export const asleepCard = ({
  id,
  kind,
  name,
  level,
  ownerName,
  capacity,
  locked,
  hasPassword,
  notice,
  createdAt,
  tags,
}: Room): RoomCard => ({
  id,
  kind,
  name,
  level,
  tags: [...tags],
  ownerName,
  capacity,
  members: 0,
  studying: 0,
  faces: [],
  locked,
  hasPassword,
  notice,
  createdAt,
  timer: null,
})
