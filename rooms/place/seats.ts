import { closeCodes } from '#schemas/closeCodes.ts'
import { limits } from '#schemas/limits.ts'
import type { LeaveHow } from './model.ts'
import type { Who } from './types.ts'

/** What a seat reservation carries: Colyseus gives it back as `client.auth`. `sessionId` becomes the session's id. */
export type SeatAuth<F> = { readonly sessionId: string; readonly who: Who; readonly facts: F }

/** One connection to a place, from its join command to its leave command. */
export type Seat = {
  readonly who: Who
  /** `joining` until the join is committed; `dropped` while its socket is away and may come back. */
  phase: 'joining' | 'in' | 'dropped'
  /** Its join was decided: what older seats of this user want comes too late. */
  joined: boolean
  /** Why we ended it. Once set, nothing of this connection is obeyed any more (I7). */
  evicted: number | undefined
  /** Last sign of life from its socket (a frame, a pong), by the place's clock. */
  seenAt: number
  /** Ends the wait for a reconnection. */
  stopWaiting: (() => void) | undefined
}

/** So many promised seats are looked through for those that have run out: a room that is never empty looks seldom else. */
const MANY = 500

/** The connections of one place, and the seats that were promised and not yet taken. */
export class Seats {
  readonly #taken = new Map<string, Seat>()
  readonly #promised = new Map<string, number>()

  get(session: string): Seat | undefined {
    return this.#taken.get(session)
  }
  all(): Iterable<Seat> {
    return this.#taken.values()
  }
  ofUser(userId: string): Seat[] {
    return [...this.#taken.values()].filter((s) => s.who.userId === userId)
  }
  /** Whether a newer connection of the user has joined here already (I1). */
  isOvertaken({ userId, entry }: Who): boolean {
    return this.ofUser(userId).some(({ joined, who }) => joined && who.entry > entry)
  }
  seen(session: string, at: number): void {
    const seat = this.#taken.get(session)
    if (seat) seat.seenAt = at
  }
  /** A seat was handed out at `now` (monotonic milliseconds): the place must not go to sleep before it is used. */
  promise(session: string, now: number): void {
    if (this.#promised.size >= MANY) this.#dropOld(now)
    this.#promised.set(session, now + limits.seatMs)
  }
  take(session: string, seat: Seat): void {
    this.#promised.delete(session)
    this.#taken.set(session, seat)
  }
  delete(session: string): void {
    this.#promised.delete(session)
    this.#taken.delete(session)
  }
  isEmpty(now: number): boolean {
    this.#dropOld(now)
    return this.#taken.size === 0 && this.#promised.size === 0
  }

  #dropOld(now: number): void {
    for (const [session, until] of this.#promised) if (until <= now) this.#promised.delete(session)
  }
}

/** What the log says of a leave that ended with this close code. */
export function leaveHow(code: number | undefined): LeaveHow {
  switch (code) {
    case 4000:
      return 'left'
    case closeCodes.takenOver:
      return 'takenOver'
    case closeCodes.kicked:
      return 'kicked'
    case closeCodes.banned:
      return 'banned'
    case closeCodes.signedOut:
      return 'signedOut'
    default:
      return 'dropped'
  }
}
