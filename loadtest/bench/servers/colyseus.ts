// Bare Colyseus as its guide shows it: a state with the members, joinOrCreate, chat by broadcast.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Client, defineRoom, defineServer, Room } from '@colyseus/core'
import { schema, t } from '@colyseus/schema'
import { WebSocketTransport } from '@colyseus/ws-transport'

const Member = schema({ name: t.string().default(''), joinedAt: t.number().default(0) }, 'Member')
const ChatState = schema({ members: t.map(Member) }, 'ChatState')

class ChatRoom extends Room<{ state: InstanceType<typeof ChatState> }> {
  override state = new ChatState()
  override autoDispose = false
  override maxClients = 100
  number = 0

  override onCreate(): void {
    this.onMessage('chat', (client: Client, { text }: { text: string }) => {
      const author = client.sessionId
      this.broadcast('chat', { number: ++this.number, author, authorName: author, text, at: Date.now() })
    })
  }
  override onJoin(client: Client): void {
    this.state.members.set(client.sessionId, new Member().assign({ name: client.sessionId, joinedAt: Date.now() }))
  }
  override onLeave(client: Client): void {
    this.state.members.delete(client.sessionId)
  }
}

const transport = new WebSocketTransport({ perMessageDeflate: false })
const server = defineServer({ transport, greet: false, rooms: { chat: defineRoom(ChatRoom) } })
await server.listen(0, '127.0.0.1')
// The transport's server is private; which port it took only it can tell.
const { port } = (transport as unknown as { server: Server }).server.address() as AddressInfo
console.log(`colyseus: http://127.0.0.1:${port}`)
