import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { defineServer, matchMaker, type Presence, type RegisteredHandler } from '@colyseus/core'
import { WebSocketTransport } from '@colyseus/ws-transport'
import { limits } from '#schemas/limits.ts'
import type { Origins } from '#server/http/origins.ts'
import { Pings } from './pings.ts'

/** `/processId/roomId?sessionId=…`: the way of the SDK to a seat. */
const SEAT = /^\/[\w-]{1,64}\/[\w-]{1,64}(\?|$)/
/** Room for a payload of the full length and its frame. */
const MAX_PAYLOAD = limits.payloadBytes + 1024

/** Colyseus' own ports over several nodes, and the way to this one that seats name. */
export type SharedColyseus = {
  readonly presence: Presence
  readonly driver: matchMaker.MatchMakerDriver
  readonly publicAddress: string
}

/** Milliseconds between two pings, and how many may be unanswered: who is silent or far behind is ended within 12 s. */
const PING_EVERY = 3_000
const PINGS_WAITED_FOR = 3

/** Colyseus takes any answer, however old, for a sign of life: with its own pings a slow reader may stay for as long as it likes. */
class Transport extends WebSocketTransport {
  protected override autoTerminateUnresponsiveClients(everyMs: number, patience: number): void {
    const pings = new Pings(patience)
    this.pingInterval = setInterval(() => pings.round(this.wss.clients), everyMs)
  }
}

export type Sockets = { stop(): Promise<void> }

/**
 * Colyseus on our own server, without its HTTP: the only way in is a seat. A foreign Origin is refused before the upgrade;
 * whatever nobody upgrades is answered 404 (it would hang for ever otherwise).
 */
export async function openSockets(
  server: Server,
  rooms: Readonly<Record<string, RegisteredHandler>>,
  origins: () => Origins,
  shared: SharedColyseus | null = null,
): Promise<Sockets> {
  const transport = new Transport({
    noServer: true,
    maxPayload: MAX_PAYLOAD,
    pingInterval: PING_EVERY,
    pingMaxRetries: PINGS_WAITED_FOR,
  })
  // Who lives is what the ledger's heartbeats say (§5.1).
  if (shared) matchMaker.setHealthChecksEnabled(false)
  const game = defineServer({ ...shared, transport, greet: false, gracefullyShutdown: false, rooms: { ...rooms } })
  const asksForSeat = (req: IncomingMessage) =>
    SEAT.test(req.url ?? '') && req.headers['sec-websocket-protocol'] === undefined
  // Not by Colyseus' `beforeUpgrade`: the web-standard request it makes for it costs more than all the rest of an upgrade.
  const isForeign = ({ headers: { origin, host } }: IncomingMessage) =>
    origin !== undefined && !origins().allows(origin, host ?? null)
  transport.attachToServer(server, { filter: (req) => asksForSeat(req) && !isForeign(req) })
  server.on('upgrade', (req: IncomingMessage, socket: Duplex) => {
    const seat = asksForSeat(req)
    if ((seat && !isForeign(req)) || req.headers['sec-websocket-protocol']?.startsWith('vite-')) return
    socket.on('error', () => socket.destroy())
    socket.end(`HTTP/1.1 ${seat ? '403 Forbidden' : '404 Not Found'}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
  })
  await matchMaker.accept()
  return { stop: () => game.gracefullyShutdown(false) }
}
