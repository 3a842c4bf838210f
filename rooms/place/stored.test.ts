import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Booted, bootPlaces, mustEnter, person, seen } from '#rooms/testing/bootPlaces.ts'
import { openTestLedger } from '#rooms/testing/testLedger.ts'

let node: Booted
let logIs = Promise.withResolvers<void>()
beforeAll(async () => {
  const ledger = await openTestLedger(undefined, false)
  node = await bootPlaces({
    ledger,
    async publish(key) {
      await logIs.promise
      return ledger.confirm(key, (await ledger.marks(key)).head)
    },
  })
})
afterAll(() => node.stop())

test('PLACE-19 (I3): who said it learns at once that the log has it, the others with the next patch or soon', async () => {
  const [ana, ben] = [person('ana'), person('ben')]
  const id = await node.create(ana)
  const [a, b] = [await mustEnter(node, ana, id), await mustEnter(node, ben, id)]
  const say = async (room: typeof a, n: number) =>
    expect(await room.request('chat.send', { outbox: room.sessionId, n, text: `${n}`, mentions: [] })).toMatchObject({
      number: expect.any(Number),
    })
  await say(a, 1)
  await say(b, 1)
  expect([a.state.storedThrough, b.state.storedThrough]).toEqual([0, 0])
  logIs.resolve()
  await Promise.all([a, b].map((room) => seen(room, (s) => s.storedThrough === 2)))

  logIs = Promise.withResolvers()
  await say(a, 2)
  logIs.resolve()
  await seen(a, (s) => s.storedThrough === 3)
  // His answer comes behind whatever was sent before it, and nothing in it changes the state.
  await b.request('chat.history' as never, {} as never).catch(() => undefined)
  expect(b.state).toMatchObject({ chatHead: 3, storedThrough: 2 })

  logIs = Promise.withResolvers()
  await say(a, 3)
  await seen(b, (s) => s.chatHead === 4 && s.storedThrough === 3)
  logIs.resolve()
  await Promise.all([a, b].map((room) => seen(room, (s) => s.storedThrough === 4)))
})
