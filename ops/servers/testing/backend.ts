import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

export type Backend = {
  readonly port: number
  /** Takes connections and answers nothing any more. */
  freeze(): void
  stop(): Promise<void>
}

/** Stands for a node behind a proxy: answers every request and greets every socket with its name and what reached it. */
export async function startBackend(node: string, port = 0, host = '127.0.0.1'): Promise<Backend> {
  let frozen = false
  const server = createServer((request, response) => {
    if (frozen) return
    request.resume().once('end', () => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ node, path: request.url, headers: request.headers }))
    })
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket, request) =>
    socket.send(JSON.stringify({ node, path: request.url, headers: request.headers })),
  )
  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    freeze() {
      frozen = true
    },
    async stop() {
      if (!server.listening) return
      for (const socket of sockets.clients) socket.terminate()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
