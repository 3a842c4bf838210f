import type { Client, ClientPrivate, Room } from '@colyseus/core'

/** Frames of any kind in one second from one socket, above which it is closed; far above what the limits answer. */
export const FRAMES_PER_SECOND = 400

export type FrameGuard = {
  /** Monotonic milliseconds. */
  now(): number
  /** The client gave a sign of life. */
  alive(client: Client): void
  /** Far too many: end it. */
  flooding(client: Client): void
  /** A frame that Colyseus could not read: end this client, nobody else (I10). */
  fault(error: unknown, client: Client): void
}

/**
 * Stands before Colyseus' reading of frames and counts what comes in, whatever it is. Its own `maxMessagesPerSecond`
 * counts by a clock that stands still in a room without patches, and closes with a code that may reconnect; and a throw
 * while it reads a frame would end the process.
 */
export function guardFrames(room: Room, guard: FrameGuard): void {
  const read = room['_onMessage'].bind(room)
  const counts = new WeakMap<Client, { n: number; until: number }>()
  room['_onMessage'] = (client: Client & ClientPrivate, buffer: Buffer) => {
    const now = guard.now()
    let count = counts.get(client)
    if (!count || now >= count.until) {
      count = { n: 0, until: now + 1000 }
      counts.set(client, count)
    }
    if (++count.n > FRAMES_PER_SECOND) return guard.flooding(client)
    guard.alive(client)
    try {
      read(client, buffer)
    } catch (error) {
      guard.fault(error, client)
    }
  }
}
