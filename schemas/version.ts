/**
 * The version of what a client and a node say to each other over HTTP and sockets. It rises when a client of before could no longer
 * be served, or would show something wrong; what is merely added needs no new one. A node says which is the oldest it
 * still serves (`OLDEST_CLIENT`).
 */
export const PROTOCOL = 2

/** Who does not say his version: pages of before there was one, and programs. */
export const FIRST_PROTOCOL = 1

/** The request header by which a client says its version. */
export const PROTOCOL_HEADER = 'x-studyhub-protocol'

/** The version that a header tells; what is no number counts as the first. */
export function protocolOf(header: string | undefined): number {
  const told = Number(header)
  return Number.isSafeInteger(told) && told >= FIRST_PROTOCOL ? told : FIRST_PROTOCOL
}
