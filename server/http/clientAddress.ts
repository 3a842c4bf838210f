import type { ApiContext } from './apiEnv.ts'

/** The address that rate limits count: our own proxy's header where one is set, else the socket's. */
export function clientAddress(c: ApiContext, header: string | undefined): string {
  const told = header === undefined ? undefined : c.req.header(header)?.split(',').at(-1)?.trim()
  return network(told || (c.env?.incoming?.socket.remoteAddress ?? 'unknown'))
}

/** One IPv6 customer has a /64: it counts as one. */
function network(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  return plain.includes(':') && plain !== '::1' ? plain.split(':').slice(0, 4).join(':') : plain.slice(0, 64)
}
