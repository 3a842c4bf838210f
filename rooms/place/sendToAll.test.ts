import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Client } from '@colyseus/core'
import { expect, test } from 'vitest'
import WebSocket, { WebSocketServer } from 'ws'
import { sendToAll } from './sendToAll.ts'

test('PLACE-20: messages of every length reach all, whole, and in order with what is sent otherwise', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
  const refs: WebSocket[] = []
  const readers: WebSocket[] = []
  for (let i = 0; i < 2; i++) {
    const connected = once(server, 'connection')
    readers.push(new WebSocket(url))
    refs.push((await connected)[0] as WebSocket)
  }
  const lengths = [0, 1, 125, 126, 65_535, 65_536, 200_000]
  const got = readers.map((socket) => {
    const seen: string[] = []
    return new Promise<string[]>((resolve) => {
      socket.on('message', (data: Buffer) => {
        seen.push(data.length < 10 ? data.toString() : `${data.length} of ${data[0]} to ${data.at(-1)}`)
        if (data.toString() === 'end') resolve(seen)
      })
    })
  })
  // What it needs of a client.
  const clients = refs.map((ref) => ({ ref, raw: (bytes: Uint8Array) => ref.send(bytes) }) as unknown as Client)
  for (const [i, length] of lengths.entries()) {
    const bytes = new Uint8Array(length).fill(65 + i)
    sendToAll(clients, bytes)
    // The caller may write into them again at once.
    bytes.fill(0)
    for (const { ref } of clients) (ref as unknown as WebSocket).send(`then ${i}`)
  }
  sendToAll(clients, Buffer.from('end'))
  const wanted = lengths.flatMap((length, i) => [
    length < 10 ? 'ABCDEFG'[i]?.repeat(length) : `${length} of ${65 + i} to ${65 + i}`,
    `then ${i}`,
  ])
  for (const seen of await Promise.all(got)) expect(seen).toEqual([...wanted, 'end'])
  for (const socket of readers) socket.terminate()
  server.close()
})
