import type { Room } from '@colyseus/sdk'
import type { z } from 'zod'
import type { entered } from '#schemas/api/rooms.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { TimerGroup, type Timers } from '../timers.ts'

export type Seat = z.infer<typeof entered>['seat']

/** Quiet for this long: the connection is asked whether it lives. */
const ASK_AFTER_MS = 4_000
/** No answer to that: it is dead, whatever the socket says (a cut cable closes nothing, and neither does a node that stands still). */
const DEAD_AFTER_MS = 3_000
const REQUEST_LIMIT_MS = 10_000
const GOODBYE_LIMIT_MS = 1_000
/** A code of our own side, never on the wire: the connection went silent. */
export const SILENT = 1006

/**
 * One connection to one actor, over the SDK's room: it opens within a time limit, holds a whole state from the start, says
 * once why it ended, and notices silence. It never comes back by itself; whoever holds it opens another.
 */
export class Link<Shape, State> {
  readonly #room: Room<Shape, State>
  readonly #timers: TimerGroup
  readonly seat: Seat
  #heardAt: number
  #ended = false
  /** Called once when the connection ends without our doing. */
  onEnd: (code: number) => void = () => {}
  onPatch: () => void = () => {}

  constructor(room: Room<Shape, State>, seat: Seat, timers: Timers) {
    this.#room = room
    this.#timers = new TimerGroup(timers)
    this.seat = seat
    this.#heardAt = timers.mono()
    const { events } = room.connection
    const deliver = events.onmessage
    events.onmessage = (event) => {
      this.#heardAt = this.#timers.mono()
      deliver?.(event)
    }
    room.onStateChange(() => this.onPatch())
    room.onLeave((code) => this.#end(code))
    room.onError(() => {})
    this.#watch()
  }

  get state(): State {
    return this.#room.state
  }
  get sessionId(): string {
    return this.#room.sessionId
  }
  get open(): boolean {
    return !this.#ended
  }
  /** What a reconnection to the same actor needs. */
  get token(): string {
    return this.#room.reconnectionToken.split(':')[1] ?? ''
  }

  /** What the room pushes. The caller gives the type by the room's shape, which a type parameter hides from the SDK's own. */
  onPush<T>(type: string, seen: (body: T) => void): void {
    ;(this.#room as unknown as Room<unknown>).onMessage<T>(type as never, seen as never)
  }

  /** The reply, or why there is none; never throws. `unavailable` leaves open whether the room has done it. */
  async request<T>(type: string, payload: unknown): Promise<T | Refusal> {
    if (this.#ended) return refuse('unavailable')
    // As above: what belongs together stands in the shape, which the caller goes by.
    const room = this.#room as unknown as Room<unknown>
    try {
      const reply: unknown = await room.request(type as never, payload as never, { timeout: REQUEST_LIMIT_MS })
      return reply === undefined || reply === null ? refuse('fault') : (reply as T)
    } catch (error) {
      return refuse(isServerFault(error) ? 'fault' : 'unavailable')
    }
  }

  /** Deliberate goodbye; waits a moment for the room's own. */
  async leave(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    const said = this.#room.leave(true).then(() => {})
    await Promise.race([said, this.#timers.sleep(GOODBYE_LIMIT_MS)])
    this.#shut()
  }

  /** Closes without goodbye, as a closed page does: the seat is kept for a while. */
  drop(): void {
    this.#ended = true
    this.#shut()
  }

  #shut(): void {
    this.#timers.close()
    this.#room.removeAllListeners()
    this.#room.connection.close()
  }

  #end(code: number): void {
    if (this.#ended) return
    this.#ended = true
    this.#shut()
    this.onEnd(code)
  }

  #watch(): void {
    const quiet = this.#timers.mono() - this.#heardAt
    this.#timers.after(ASK_AFTER_MS - quiet, () => {
      if (this.#timers.mono() - this.#heardAt < ASK_AFTER_MS) return this.#watch()
      const askedAt = this.#timers.mono()
      this.#room.ping(() => {})
      this.#timers.after(DEAD_AFTER_MS, () => (this.#heardAt >= askedAt ? this.#watch() : this.#end(SILENT)))
    })
  }
}

const isServerFault = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code !== undefined
