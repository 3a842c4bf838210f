import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'

/** A request handler behind a real HTTP server on a free port. */
export async function serveBlobs(handle: (request: Request) => Promise<Response>) {
  const server = createAdaptorServer({ fetch: handle })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    fetch: (url: string, init?: RequestInit) => fetch(new URL(url, `http://127.0.0.1:${port}`), init),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}
