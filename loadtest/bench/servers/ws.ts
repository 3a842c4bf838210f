// Plain ws: one JSON text per message, built once and handed to every socket.
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
let number = 0
let joined = 0
server.on('connection', (socket) => {
  const author = `user${++joined}`
  socket.on('message', (raw) => {
    const { text } = JSON.parse(raw.toString()) as { text: string }
    const message = { type: 'chat', number: ++number, author, authorName: author, text, at: Date.now() }
    const frame = Buffer.from(JSON.stringify(message))
    for (const other of server.clients) other.send(frame, { binary: false })
  })
})
server.on('listening', () => console.log(`ws: http://127.0.0.1:${(server.address() as AddressInfo).port}`))
process.on('SIGTERM', () => process.exit(0))
