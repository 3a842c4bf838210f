import { randomBytes } from 'node:crypto'
import { matchMaker } from '@colyseus/core'
import type { SeatAuth } from '#rooms/place/seats.ts'
import type { Who } from '#rooms/place/types.ts'
import type { Caller, Seat } from '#rooms/places.ts'

export type Listing = Parameters<typeof matchMaker.reserveSeatFor>[0]

const BYTES = 16
let pool = randomBytes(0)
let used = 0

/** 128 random bits, none of them used twice: the seat's id is its ticket (§5.5). One call of the generator makes 256 of them. */
export function newSession(): string {
  if (used === pool.length) {
    pool = randomBytes(256 * BYTES)
    used = 0
  }
  const session = pool.toString('base64url', used, used + BYTES)
  pool.fill(0, used, used + BYTES)
  used += BYTES
  return session
}

/** A user on the connection that this seat will become. */
export const whoOf = (caller: Caller, session: string, entry: number): Who => ({
  userId: caller.userId,
  name: caller.name,
  handle: caller.handle,
  image: caller.image,
  account: caller.account,
  device: caller.device,
  session,
  entry,
})

/** A seat in a room of this node: one use, 15 s. Undefined when the room is just ending: try again. */
export async function reserve<F>(listing: Listing, auth: SeatAuth<F>): Promise<Seat | undefined> {
  // For one that it does not have Colyseus would wait for an answer of other nodes.
  if (!matchMaker.getLocalRoomById(listing.roomId)) return undefined
  try {
    const seat = await matchMaker.reserveSeatFor(listing, {}, auth)
    return {
      name: seat.name,
      sessionId: seat.sessionId,
      roomId: seat.roomId ?? listing.roomId,
      processId: seat.processId ?? listing.processId,
      ...(seat.publicAddress === undefined ? {} : { publicAddress: seat.publicAddress }),
    }
  } catch {
    return undefined
  }
}
