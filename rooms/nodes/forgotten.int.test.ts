import { expect, onTestFinished, test } from 'vitest'
import { redisUnderTest } from '#persistence/ledger/redis/testing/redisUnderTest.ts'
import { aloneLink } from '#persistence/nodeLink/aloneLink.ts'
import { bootPlaces, mustEnter, person } from '#rooms/testing/bootPlaces.ts'
import { closeCodes } from '#schemas/closeCodes.ts'

test('NODE-12: a ledger that has come back empty is told again who is removed, and ended sessions are ended by the database (I7)', async () => {
  const redis = await redisUnderTest()
  const ledger = redis.open({ generations: { waitMs: 5_000, opensAlone: true } })
  await expect.poll(async () => (await ledger.generation()).state, { timeout: 30_000 }).toBe('open')
  const gone = new Set<string>()
  const node = await bootPlaces({
    ...{ ledger, link: { ...aloneLink(), alone: false } },
    endedSessions: async (accounts) => accounts.filter((account) => gone.has(account)),
  })
  onTestFinished(() => node.stop())
  const [ana, ben, cho] = [person('ana'), person('ben'), person('cho')]
  const roomId = await node.create(ana)
  const [a, b] = [await mustEnter(node, ana, roomId), await mustEnter(node, ben, roomId)]
  const c = await mustEnter(node, cho, roomId)
  const out = new Promise<number>((resolve) => c.onLeave.once(resolve))
  await a.request('member.ban', { userId: 'cho', reason: '' })
  expect(await out).toBe(closeCodes.banned)
  await expect.poll(() => ledger.isRemoved(roomId, 'cho')).toBe(true)

  // His session ended on another node, whose hint was lost with the ledger that knew.
  gone.add(ben.account)
  const ended = new Promise<number>((resolve) => b.onLeave.once(resolve))
  await redis.crashAndLoseAll()
  await expect.poll(() => ledger.isRemoved(roomId, 'cho').catch(() => false), { timeout: 15_000 }).toBe(true)
  expect(await ended).toBe(closeCodes.signedOut)
  await expect.poll(() => ledger.revoked([ana.account, ben.account])).toEqual([ben.account])
  expect(a.state.members.has('ana')).toBe(true)
})
