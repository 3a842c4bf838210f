import { type Decoder, decode, encode, Reflection, type Schema } from '@colyseus/schema'
import { Packr } from 'msgpackr'
import type WebSocket from 'ws'
import { openSocket, webSocketUrl } from './wire.ts'

/** Leading bytes of Colyseus' frames. */
export const frames = { join: 10, leave: 12, data: 13, state: 14, patch: 15, request: 21, response: 22 } as const

export type Reservation = { sessionId: string; roomId: string; processId: string; publicAddress?: string }

const packr = new Packr()
const scratch = Buffer.alloc(512)

/** `[code, (request id), type, payload]` as the SDK writes it. */
export function frameOf(code: number, type: string, payload: unknown, request?: number): Buffer {
  const it = { offset: 1 }
  scratch[0] = code
  if (request !== undefined) encode.number(scratch, request, it)
  encode.string(scratch, type, it)
  return Buffer.concat([scratch.subarray(0, it.offset), packr.pack(payload)])
}

/** The state's decoder from the handshake of a join frame. */
export function decoderOf<S extends Schema>(frame: Buffer): Decoder<S> {
  const it = { offset: 1 }
  for (let strings = 0; strings < 2; strings++) it.offset += 1 + (frame[it.offset] ?? 0)
  const length = decode.number(frame, it)
  return Reflection.decode<S>(frame.subarray(0, it.offset + length), it)
}

/** Takes a seat: opens the socket, acknowledges the join, and resolves with it when the first whole state is there. */
export async function takeSeat(
  url: string,
  seat: Reservation,
  seen: (code: number, frame: Buffer) => void = () => {},
): Promise<WebSocket> {
  const ready = Promise.withResolvers<WebSocket>()
  const address = `${webSocketUrl(url)}/${seat.processId}/${seat.roomId}?sessionId=${seat.sessionId}`
  const socket = await openSocket(address, (frame, socket) => {
    const code = (frame[0] ?? 0) & 0x1f
    seen(code, frame)
    if (code === frames.join) socket.send(Buffer.from([frames.join]))
    else if (code === frames.state) ready.resolve(socket)
  })
  socket.on('close', (code) => ready.reject(new Error(`closed with ${code} before the first state`)))
  return ready.promise
}
