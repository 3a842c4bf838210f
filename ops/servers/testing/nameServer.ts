import { createSocket } from 'node:dgram'
import { once } from 'node:events'

export type NameServer = { readonly port: number; stop(): void }

/** Answers questions for addresses (A) of these names; of others, and other questions, there is nothing. */
export async function nameServer(addresses: Readonly<Record<string, string>>): Promise<NameServer> {
  const socket = createSocket('udp4')
  socket.on('message', (question, from) => {
    const labels: string[] = []
    let at = 12
    for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
      labels.push(question.toString('latin1', at + 1, at + 1 + length))
      at += 1 + length
    }
    const address = question.readUInt16BE(at + 1) === 1 ? addresses[labels.join('.')] : undefined
    const head = Buffer.from(question.subarray(0, at + 5))
    // A response, authoritative, of one question, without further sections.
    head.writeUInt16BE(0x8400, 2)
    head.writeUInt16BE(address ? 1 : 0, 6)
    head.fill(0, 8, 12)
    // The name by pointer, A, IN, a second to live, four bytes.
    const answer = address ? [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...address.split('.').map(Number)] : []
    socket.send(Buffer.concat([head, Buffer.from(answer)]), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return { port: socket.address().port, stop: () => socket.close() }
}
