import type { Presence, PresenceRecord } from '#persistence/ports/presence.ts'
import type { PresencePlace, PresenceView } from '#schemas/messages/presence.ts'
import type { PresenceState } from '#schemas/presence.ts'

/** Last seen is kept and told no finer than this. */
const COARSE_MS = 5 * 60_000
export const coarse = (at: number): number => at - (at % COARSE_MS)

/** The user's newest place, null in the lobby: he is in one at most (I1), in two only while he moves. */
export function placeOf(connections: readonly Presence[]): string | null {
  let newest: Presence | null = null
  for (const c of connections) if (c.place !== null && c.entry >= (newest?.entry ?? 0)) newest = c
  return newest?.place ?? null
}

/**
 * What others see of a user who has these connections (the union of his devices: idle only if all are). `roomName`: the
 * name of a room that the viewer may know, null if it may not be told. Nothing tells an invisible user from one who left.
 */
export function presenceOf(
  userId: string,
  connections: readonly Presence[],
  record: PresenceRecord | undefined,
  roomName: (room: string) => string | null,
): PresenceView {
  const choice = record?.choice ?? 'online'
  if (connections.length === 0 || choice === 'invisible')
    return { userId, state: 'offline', place: null, lastSeenAt: record?.lastSeenAt ?? null }
  const state: PresenceState = choice === 'online' && connections.every((c) => c.idle) ? 'away' : choice
  return { userId, state, place: seenPlace(placeOf(connections), roomName), lastSeenAt: null }
}

function seenPlace(room: string | null, roomName: (room: string) => string | null): PresencePlace | null {
  if (room === null) return { kind: 'lobby' }
  const name = roomName(room)
  return name === null ? null : { kind: 'room', roomId: room, name }
}
