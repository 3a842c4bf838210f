import type { Room } from '@colyseus/core'

/**
 * Takes back the seats that were handed out and not used yet; to be called where a room ends. Colyseus disposes of a room
 * only when it has none, so that one person who asks for a seat would hold up a drain for 15 s. Those who wait to come
 * back have seats too: Colyseus itself takes these back.
 */
export function dropUnusedSeats(room: Room): void {
  const seats: Record<string, readonly unknown[]> = room['_reservedSeats']
  const timeouts = room['_reservedSeatTimeouts']
  for (const [session, [, , isUsed, isReturning]] of Object.entries(seats)) {
    if (isUsed || isReturning) continue
    clearTimeout(timeouts[session])
    delete timeouts[session]
    delete seats[session]
  }
}
