import { once } from 'node:events'
import { Protocol } from '@colyseus/core'
import WebSocket from 'ws'
import type { Seat } from '#rooms/places.ts'

/** A client that speaks frames by hand: it may be slow, rude or silent as no SDK would be. */
export async function rawClient(address: string, seat: Seat) {
  const socket = new WebSocket(`${address}/${seat.processId}/${seat.roomId}?sessionId=${seat.sessionId}`)
  const frames: Buffer[] = []
  const watchers = new Set<() => void>()
  socket.on('message', (data: Buffer) => {
    frames.push(data)
    for (const watch of watchers) watch()
  })
  const closed = once(socket, 'close').then(([code]) => code as number)
  socket.on('error', () => {})
  const frame = (wanted: (bytes: Buffer) => boolean): Promise<Buffer> =>
    new Promise((resolve) => {
      const look = () => {
        const found = frames.find(wanted)
        if (!found) return
        watchers.delete(look)
        resolve(found)
      }
      watchers.add(look)
      look()
    })
  const client = {
    socket,
    frames,
    closed,
    /** The first frame, past or coming, that is as wanted. */
    frame,
    send: (...bytes: number[]) => socket.send(Uint8Array.from(bytes)),
    acknowledge: () => socket.send(Uint8Array.of(Protocol.JOIN_ROOM)),
    /** Resolves when the server has read all that was sent before. */
    async ping(): Promise<void> {
      const before = frames.filter((f) => f[0] === Protocol.PING).length
      client.send(Protocol.PING)
      await frame(() => frames.filter((f) => f[0] === Protocol.PING).length > before)
    },
  }
  await frame((f) => f[0] === Protocol.JOIN_ROOM || f[0] === Protocol.ERROR)
  return client
}
