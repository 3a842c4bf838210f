/** Lobby shards are rooms of this name; study rooms of that. Names on the wire of Colyseus. */
export const roomNames = { lobby: 'lobby', study: 'study' } as const
export type RoomName = (typeof roomNames)[keyof typeof roomNames]

/** Conversation of a place's own chat: its id is the place's. */
export const conversationOf = (placeId: string): string => placeId
