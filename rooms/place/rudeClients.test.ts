import { matchMaker, Protocol } from '@colyseus/core'
import { expect, test } from 'vitest'
import { usual } from '#rooms/place/rates.ts'
import { bufferedBytes } from '#rooms/place/slowReaders.ts'
import { closed, mustEnter, seen } from '#rooms/testing/bootPlaces.ts'
import { nodeForFile } from '#rooms/testing/nodeForFile.ts'
import { rawClient } from '#rooms/testing/rawClient.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import { roomQuery } from '#schemas/messages/lobby.ts'
import { isRefusal } from '#schemas/refusals.ts'

const BUFFER_CAP = 200_000
const { node, somebody, said, actorOf, seatIn } = nodeForFile({ bufferCap: BUFFER_CAP })

test('PLACE-6: a slow reader is dropped at the cap, and all others decode the very state of the room', async () => {
  const [ana, ben, slow] = [somebody(), somebody(), somebody()]
  const id = await node().create(ana)
  await mustEnter(node(), ana, id)
  const b = await mustEnter(node(), ben, id)
  const seat = await seatIn(slow, id)
  const { sessionId } = seat
  const s = await rawClient(node().address, seat)
  s.acknowledge()
  await s.frame((f) => f[0] === Protocol.ROOM_STATE)
  s.socket.pause()
  const { turns } = actorOf(id)
  const waiting = () => {
    const client = matchMaker.getLocalRoomById(id).clients.getById(sessionId)
    // What waited for an ended socket went with it.
    // Colyseus' clients hold their socket without its type.
    const isOpen = (client?.ref as unknown as WebSocket | undefined)?.readyState === WebSocket.OPEN
    return client && isOpen ? bufferedBytes(client) : 0
  }
  let most = 0
  for (let i = 0; actorOf(id).place.state.members.has(slow.userId); i++) {
    const text = `${i} `.repeat(20_000)
    most = Math.max(most, waiting())
    // After each turn no more waits than the cap allows: memory is bounded.
    expect(most).toBeLessThanOrEqual(BUFFER_CAP)
    await turns.live((place) => {
      place.state.notice = text
    })
  }
  // It was let wait before it was dropped.
  expect(most).toBeGreaterThan(0)
  s.socket.resume()
  await s.closed
  await seen(b, (state) => !state.members.has(slow.userId))
  expect(b.state.toJSON()).toEqual(actorOf(id).place.state.toJSON())
}, 30_000)

test('PLACE-7: too many messages are refused, far too many end the connection, and nobody else notices', async () => {
  const [ana, ben] = [somebody(), somebody()]
  const id = await node().create(ana)
  const a = await mustEnter(node(), ana, id)
  const b = await mustEnter(node(), ben, id)
  const replies = await Promise.all(Array.from({ length: 40 }, () => a.request('chat.send', said('quick'))))
  const refused = replies.filter(isRefusal)
  expect(refused.length).toBeGreaterThan(15)
  expect(new Set(refused.map((r) => r.refused))).toEqual(new Set(['rate']))
  const gone = closed(a)
  for (let i = 0; i < 10_000; i++) a.send('chat.typing', { on: true })
  expect(await gone).toBe(closeCodes.flooding)
  expect(await b.request('chat.send', said('quiet again'))).toHaveProperty('number')
})

test('PLACE-7: entering anew, elsewhere or in the lobby gives nobody a fresh allowance', async () => {
  const ana = somebody()
  const [first, second] = [await node().create(ana), await node().create(somebody())]
  const raised = async (room: Awaited<ReturnType<typeof mustEnter>>) => {
    const replies = await Promise.all(Array.from({ length: 60 }, () => room.request('hand.raise', { topic: '' })))
    return replies.filter((reply) => !isRefusal(reply) || reply.refused !== 'rate').length
  }
  const room = await mustEnter(node(), ana, first)
  const before = performance.now()
  const early = await raised(room)
  await room.leave()
  const late =
    (await raised(await mustEnter(node(), ana, first))) + (await raised(await mustEnter(node(), ana, second)))
  const refilled = ((performance.now() - before) / 1000) * usual.perSecond
  expect(early).toBeGreaterThanOrEqual(usual.burst)
  expect(early + late).toBeLessThanOrEqual(usual.burst + refilled + 1)
  const lobby = await node().lobby(ana)
  const looks = await Promise.all(Array.from({ length: 80 }, () => lobby.request('lobby.view', roomQuery.parse({}))))
  expect(looks.filter((look) => isRefusal(look) && look.refused === 'rate').length).toBeGreaterThan(0)
})

test('PLACE-8: unknown and malformed requests are answered with refusals', async () => {
  const ana = somebody()
  const a = await mustEnter(node(), ana, await node().create(ana))
  // As no typed client would.
  const ask = a.request.bind(a) as unknown as (type: string, body: unknown) => Promise<unknown>
  expect(await ask('no.such', {})).toEqual({ refused: 'unknown' })
  expect(await ask('constructor', {})).toEqual({ refused: 'unknown' })
  expect(await ask('chat.send', { outbox: 1 })).toMatchObject({ refused: 'invalid' })
  expect(await ask('chat.send', null)).toMatchObject({ refused: 'invalid' })
  a.send('no.such' as never, {} as never)
  expect(await a.request('chat.send', said('fine'))).toHaveProperty('number')
})

test('PLACE-8: frames that are no messages end at most their own connection', async () => {
  const [ana, rude] = [somebody(), somebody()]
  const id = await node().create(ana)
  const a = await mustEnter(node(), ana, id)
  let seed = 7
  const random = () => (seed = (seed * 48_271) % 2_147_483_647)
  for (let round = 0; round < 40; round++) {
    const r = await rawClient(node().address, await seatIn(rude, id))
    r.acknowledge()
    for (let i = 0; i < 30 && r.socket.readyState === r.socket.OPEN; i++) {
      const length = random() % 40
      r.send(i % 2 ? random() % 256 : 10 + (random() % 12), ...Array.from({ length }, () => random() % 256))
    }
    r.send()
    r.socket.send('text instead of bytes')
    r.socket.close()
    await r.closed
  }
  expect(await a.request('chat.send', said('the room goes on'))).toHaveProperty('number')
}, 30_000)

test('PLACE-8: a client that never acknowledges its join harms nobody and leaves with its socket', async () => {
  const [ana, silent] = [somebody(), somebody()]
  const id = await node().create(ana)
  const a = await mustEnter(node(), ana, id)
  const s = await rawClient(node().address, await seatIn(silent, id))
  await seen(a, (state) => state.members.has(silent.userId))
  s.socket.terminate()
  await seen(a, (state) => !state.members.has(silent.userId))
})

test('PLACE-8: all that rude clients did to this node logged no bug', () => {
  expect(node().logged.filter((line) => line.level === 'error')).toEqual([])
})
