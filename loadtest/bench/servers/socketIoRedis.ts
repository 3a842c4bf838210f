// One of several Socket.IO nodes with the Redis adapter, as their guide shows them: rooms, and chat by io.to(room).emit.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdapter } from '@socket.io/redis-adapter'
import { Redis } from 'ioredis'
import { Server } from 'socket.io'

const publisher = new Redis(process.env['REDIS_URL'] ?? '')
const http = createServer()
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false })
io.adapter(createAdapter(publisher, publisher.duplicate()))
let number = 0
io.on('connection', (socket) => {
  socket.on('join', async (room: string, done: () => void) => {
    await socket.join(room)
    done()
  })
  socket.on('chat', ({ room, text }: { room: string; text: string }, done: (reply: object) => void) => {
    const at = Date.now()
    io.to(room).emit('chat', { number: ++number, author: socket.id, authorName: socket.id, text, at })
    done({ number, at })
  })
})
http.listen(0, '127.0.0.1', () => {
  console.log(`socketIo: http://127.0.0.1:${(http.address() as AddressInfo).port}`)
})
