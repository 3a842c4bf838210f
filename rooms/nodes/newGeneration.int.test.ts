import { expect, onTestFinished, test } from 'vitest'
import { redisUnderTest } from '#persistence/ledger/redis/testing/redisUnderTest.ts'
import { aloneLink } from '#persistence/nodeLink/aloneLink.ts'
import { bootPlaces, mustEnter, person, type StudyClient } from '#rooms/testing/bootPlaces.ts'

const texts = (room: StudyClient) => [...room.state.chat].filter((slot) => slot.text !== '').map((slot) => slot.text)
let n = 0
async function say(room: StudyClient, text: string): Promise<number> {
  const message = { outbox: 'o', n: ++n, text, mentions: [] }
  for (;;) {
    const reply = (await room.request('chat.send', message)) as { number: number } | { refused: string }
    if ('number' in reply) return reply.number
    // As a client does while the place says that it is frozen.
    expect(reply.refused).toBe('frozen')
  }
}

test('NODE-11: Redis comes back empty: rooms that run go on with their members and numbers, quiet ones too (I2, I3)', async () => {
  const redis = await redisUnderTest()
  const ledger = redis.open({ generations: { waitMs: 10_000, opensAlone: true } })
  await expect.poll(async () => (await ledger.generation()).state, { timeout: 30_000 }).toBe('open')
  // One node that is told that there may be others.
  const node = await bootPlaces({ ledger, link: { ...aloneLink(), alone: false } })
  onTestFinished(() => node.stop())
  const [ana, ben, cho] = [person('ana'), person('ben'), person('cho')]
  const [busy, quiet] = [await node.create(ana), await node.create(cho)]
  const [a, b, c] = [
    await mustEnter(node, ana, busy),
    await mustEnter(node, ben, busy),
    await mustEnter(node, cho, quiet),
  ]
  const closed: number[] = []
  for (const room of [a, b, c]) room.onLeave.once((code) => closed.push(code))
  expect(await say(a, 'before')).toBe(1)
  const { head } = await ledger.marks(quiet)

  await redis.crashAndLoseAll()
  expect(await say(a, 'after')).toBe(2)
  await expect.poll(() => texts(b), { timeout: 10_000 }).toEqual(['before', 'after'])
  await expect.poll(async () => (await ledger.marks(quiet)).head, { timeout: 10_000 }).toBe(head)
  const seats = async () => (await ledger.placesOf(['ana', 'ben', 'cho'])).map(({ user, place }) => [user, place])
  await expect.poll(seats, { timeout: 20_000 }).toEqual([
    ['ana', busy],
    ['ben', busy],
    ['cho', quiet],
  ])
  expect(await say(b, 'on it goes')).toBe(3)
  expect(closed).toEqual([])
  const claim = await ledger.tail(busy, 0, 100)
  expect(claim.map(({ seq }) => seq)).toEqual(claim.map((_, i) => (claim[0]?.seq ?? 0) + i))
})
