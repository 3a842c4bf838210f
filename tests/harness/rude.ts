import { once } from 'node:events'
import { request } from 'node:http'
import { Protocol } from '@colyseus/core'
import WebSocket from 'ws'
import type { Ticket } from './seat.ts'

/** A client that speaks frames by hand. `closed`: the code by which it ended. */
export async function rudeClient(url: string, seat: Ticket, acknowledge = true) {
  const socket = new WebSocket(
    `${url.replace('http', 'ws')}/${seat.processId}/${seat.roomId}?sessionId=${seat.sessionId}`,
  )
  const closed = once(socket, 'close').then(([code]) => code as number)
  socket.on('error', () => {})
  await new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      if (data[0] === Protocol.JOIN_ROOM) resolve()
    })
    socket.on('close', () => resolve())
  })
  if (acknowledge) socket.send(Uint8Array.of(Protocol.JOIN_ROOM))
  return { socket, closed, send: (bytes: Uint8Array | string) => socket.send(bytes) }
}

/** A frame of the room's protocol: kind, type as a msgpack string, then whatever. */
export const frame = (kind: number, type: string, rest: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([kind, 0xa0 | type.length]), Buffer.from(type), rest])

/** The status of an attempt to open a socket. */
export function upgrade(url: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const req = request(url + path, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    })
    req.on('response', (res) => {
      res.resume()
      resolve(res.statusCode ?? 0)
    })
    req.on('upgrade', (res, socket) => {
      socket.destroy()
      resolve(res.statusCode ?? 0)
    })
    req.on('error', reject)
    req.end()
  })
}
