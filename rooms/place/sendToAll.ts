import type { Client } from '@colyseus/core'
import { streamOf } from './streamOf.ts'

/**
 * The same bytes to many, framed once: ws would make a header, and two writes of it and the bytes, for each. They go by the
 * stream itself, in order with what ws sends, which never holds anything back where nothing is compressed. The bytes are
 * copied: what a slow reader gets late is what was handed over.
 */
export function sendToAll(clients: readonly Client[], bytes: Uint8Array): void {
  const frame = framed(bytes)
  for (const client of clients) {
    const stream = streamOf(client)
    if (stream) stream.write(frame)
    else client.raw(frame.subarray(frame.length - bytes.length))
  }
}

/** A whole binary message of a server, as RFC 6455 frames it: final, not masked. */
export function framed(bytes: Uint8Array): Buffer {
  const { length } = bytes
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(head + length)
  frame[0] = 0x82
  if (head === 2) frame[1] = length
  else if (head === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.set(bytes, head)
  return frame
}
