import { once } from 'node:events'
import { createServer } from 'node:net'
import { somePort } from './lane.ts'

const given = new Set<number>()

/**
 * A port that was free a moment ago: for a server that has to come back at the same address. It lies below those that the system
 * gives to outgoing connections, which could take it in between. Nobody of this process gets it twice.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = somePort(20_000, 12_000)
    if (given.has(port)) continue
    const server = createServer()
    try {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    } catch {
      continue
    }
    given.add(port)
    server.close()
    await once(server, 'close')
    return port
  }
}
