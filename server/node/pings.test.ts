import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { Pings } from './pings.ts'

async function openServer(): Promise<WebSocketServer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of server.clients) socket.terminate()
    server.close()
  })
  return server
}

/** A socket that at its nth ping answers the one that `answering(n)` names, as one does that reads late; 0: none. */
async function readerOf(server: WebSocketServer, answering: (n: number) => number) {
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, { autoPong: false })
  const heard: Buffer[] = []
  client.on('ping', (data: Buffer) => {
    heard.push(data)
    const answered = heard[answering(heard.length) - 1]
    if (answered) client.pong(answered)
  })
  const [socket] = (await once(server, 'connection')) as [WebSocket]
  return { client, socket, answering, endsInRound: Number.POSITIVE_INFINITY }
}

test('NODE-29 (I10): who answers pings ever later is ended as surely as who answers none, and who is a little late stays', async () => {
  const server = await openServer()
  const readers = [
    await readerOf(server, (n) => n),
    await readerOf(server, (n) => n - 2),
    { ...(await readerOf(server, () => 0)), endsInRound: 4 },
    // At half the speed at which it is sent to.
    { ...(await readerOf(server, (n) => (n % 2 === 0 ? n / 2 : 0))), endsInRound: 6 },
  ]
  const pings = new Pings(3)
  for (let round = 1; round <= 12; round++) {
    const happens = readers
      .filter(({ endsInRound }) => endsInRound >= round)
      .flatMap(({ client, socket, answering, endsInRound }) => {
        if (endsInRound === round) return [once(client, 'close')]
        return answering(round) > 0 ? [once(client, 'ping'), once(socket, 'pong')] : [once(client, 'ping')]
      })
    pings.round(server.clients)
    await Promise.all(happens)
    expect(server.clients.size).toBe(readers.filter(({ endsInRound }) => endsInRound > round).length)
  }
})

test('NODE-29 (I10): answers to pings that were never sent count for nothing', async () => {
  const server = await openServer()
  const { client, socket } = await readerOf(server, () => 0)
  const pings = new Pings(3)
  for (let round = 1; round <= 3; round++) {
    const pinged = once(client, 'ping')
    pings.round(server.clients)
    await pinged
    for (const forged of ['', '99', '-1', 'NaN', '1e3']) {
      const heard = once(socket, 'pong')
      client.pong(forged)
      await heard
    }
  }
  const closed = once(client, 'close')
  pings.round(server.clients)
  await closed
})
