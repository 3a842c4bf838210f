import type { Socket } from 'node:net'
import type { Client } from '@colyseus/core'

/** The stream under a socket of ws, which has no name for it in its types; undefined once it is not open. */
export function streamOf(client: Client): Socket | undefined {
  const socket = client.ref as unknown as { readonly _socket?: Socket | null; readonly readyState: number } | undefined
  return socket?.readyState === OPEN ? (socket._socket ?? undefined) : undefined
}

const OPEN = 1
