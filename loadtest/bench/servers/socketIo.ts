// Socket.IO as its guide shows it: everybody in the default namespace, chat by io.emit.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'

const http = createServer()
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false })
let number = 0
io.on('connection', (socket) => {
  socket.on('chat', ({ text }: { text: string }) => {
    io.emit('chat', { number: ++number, author: socket.id, authorName: socket.id, text, at: Date.now() })
  })
})
http.listen(0, '127.0.0.1', () => {
  console.log(`socketIo: http://127.0.0.1:${(http.address() as AddressInfo).port}`)
})
process.on('SIGTERM', () => process.exit(0))
