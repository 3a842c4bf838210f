import { WebSocket } from 'ws'

/** What a backend tells of the socket at this address, for a client that claims to be somebody else. */
export type Echo = { readonly node: string; readonly path: string; readonly headers: Readonly<Record<string, string>> }

export const greeting = (url: string) =>
  new Promise<Echo>((resolve, reject) => {
    const socket = new WebSocket(url.replace('http', 'ws'), { headers: { 'x-real-ip': '203.0.113.9' } })
    socket.once('error', reject)
    socket.once('message', (data) => {
      socket.close()
      resolve(JSON.parse(String(data)))
    })
  })
