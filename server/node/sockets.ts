import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { defineServer, matchMaker, type RegisteredHandler } from '@colyseus/core'
import { WebSocketTransport } from '@colyseus/ws-transport'
import { limits } from '#schemas/limits.ts'
import type { Origins } from '#server/http/origins.ts'

/** `/processId/roomId?sessionId=…`: the way of the SDK to a seat. */
const SEAT = /^\/[\w-]{1,64}\/[\w-]{1,64}(\?|$)/
/** Room for a payload of the full length and its frame. */
const MAX_PAYLOAD = limits.payloadBytes + 1024

export type Sockets = { stop(): Promise<void> }

/**
 * Colyseus on our own server, without its HTTP: the only way in is a seat. A foreign Origin is refused before the upgrade;
 * whatever nobody upgrades is answered 404 (it would hang for ever otherwise).
 */
export async function openSockets(
  server: Server,
  rooms: Readonly<Record<string, RegisteredHandler>>,
  origins: () => Origins,
): Promise<Sockets> {
  const transport = new WebSocketTransport({
    noServer: true,
    maxPayload: MAX_PAYLOAD,
    pingInterval: 3000,
    pingMaxRetries: 3,
    beforeUpgrade: (_path, { headers }) => {
      const origin = headers.get('origin')
      const foreign = origin !== null && !origins().allows(origin, headers.get('host'))
      return foreign ? new Response('foreign origin', { status: 403 }) : undefined
    },
  })
  const game = defineServer({ transport, greet: false, gracefullyShutdown: false, rooms: { ...rooms } })
  const seat = (req: IncomingMessage) => SEAT.test(req.url ?? '') && req.headers['sec-websocket-protocol'] === undefined
  transport.attachToServer(server, { filter: seat })
  server.on('upgrade', (req: IncomingMessage, socket: Duplex) => {
    if (seat(req) || req.headers['sec-websocket-protocol']?.startsWith('vite-')) return
    socket.on('error', () => socket.destroy())
    socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
  })
  await matchMaker.accept()
  return { stop: () => game.gracefullyShutdown(false) }
}
