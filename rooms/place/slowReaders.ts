import type { Client } from '@colyseus/core'
import type WebSocket from 'ws'

/** Bytes that wait in this process for a client to read; the kernel holds some megabytes more. */
export const bufferedBytes = (client: Client): number => (client.ref as WebSocket).bufferedAmount

/** Ends a socket at once: its reader would get a close frame only after all that waits. He sees 1006 and enters again. */
export const terminate = (client: Client): void => (client.ref as WebSocket).terminate()

/** Ends every reader for whom more than `cap` bytes wait; `dropping` is told before each. */
export function dropSlowReaders(
  clients: readonly Client[],
  cap: number,
  dropping: (client: Client) => void = () => {},
) {
  for (const client of [...clients])
    if (bufferedBytes(client) > cap) {
      dropping(client)
      terminate(client)
    }
}
