import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Generation, HeldPlace, Ledger } from '../../ports/ledger.ts'
import { LedgerRestoring } from '../../ports/ledger.ts'
import { claimed, drafts, redisUnderTest } from './testing/redisUnderTest.ts'

const reaches = (ledger: Ledger, state: Generation['state']) =>
  expect.poll(async () => (await ledger.generation()).state, { timeout: 20_000 }).toBe(state)

test('LEDGER-8: a ledger that is behind after a crash gets again what its owner holds, no number twice', async () => {
  const redis = await redisUnderTest()
  const ledger = redis.open()
  const place = randomUUID()
  const { epoch } = await claimed(ledger, place, 'n')
  const events = drafts(8)
  const append = (expectedVersion: number, to: number) =>
    ledger.append({ place, epoch, expectedVersion, batchId: randomUUID(), events: events.slice(expectedVersion, to) })
  await append(0, 5)
  const comeBackBehind = await redis.remember()
  expect(await append(5, 7)).toMatchObject({ ok: true, version: 7 })
  await comeBackBehind()
  expect(await append(7, 8)).toEqual({ ok: false, why: 'behind', version: 5 })
  expect(await append(5, 8)).toMatchObject({ ok: true, version: 8 })
  const kept = (await ledger.tail(place, 0, 100)).map(({ seq, id }) => ({ seq, id }))
  expect(kept).toEqual(events.map(({ id }, i) => ({ seq: i + 1, id })))
})

test('LEDGER-33: after a restart nothing is claimed until the archive is known to be through; owners go on', async () => {
  const redis = await redisUnderTest()
  const ledger = redis.open({ generations: { waitMs: 1500, opensAlone: false } })
  const [mine, other] = [randomUUID(), randomUUID()]
  await expect(ledger.claim(mine, 'n')).rejects.toBeInstanceOf(LedgerRestoring)
  await reaches(ledger, 'archive')
  await expect(ledger.claim(mine, 'n')).rejects.toBeInstanceOf(LedgerRestoring)
  const first = await ledger.generation()
  expect(await ledger.openGeneration(first.id)).toBe(true)
  const { epoch } = await claimed(ledger, mine, 'n')

  await redis.crash()
  const second = await ledger.generation()
  expect(second.state).toBe('owners')
  expect(second.id).toBeGreaterThan(first.id)
  expect(await ledger.openGeneration(second.id)).toBe(false)
  expect(await ledger.openGeneration(first.id)).toBe(false)
  const batch = { place: mine, epoch, expectedVersion: 0, batchId: 'b', events: drafts(2) }
  expect(await ledger.append(batch)).toMatchObject({ ok: true, version: 2 })
  await expect(ledger.claim(other, 'n')).rejects.toBeInstanceOf(LedgerRestoring)
  await reaches(ledger, 'archive')
  expect(await ledger.openGeneration(second.id)).toBe(true)
  await claimed(ledger, other, 'n')
})

test('LEDGER-33: into an empty ledger running owners put their places back; the highest epoch wins (I2)', async () => {
  const redis = await redisUnderTest()
  // Long enough for all that owners do here, on a busy machine too.
  const ledger = redis.open({ generations: { waitMs: 6000, opensAlone: true } })
  await reaches(ledger, 'open')
  const [place, asleep, user] = [randomUUID(), randomUUID(), randomUUID()]
  const old = await claimed(ledger, place, 'paused')
  await ledger.markDead('paused', 0)
  const { epoch } = await claimed(ledger, place, 'runs')
  const events = drafts(5)
  await ledger.append({ place, epoch, expectedVersion: 0, batchId: 'a', events })
  await ledger.confirm(place, 3)
  await ledger.release(asleep, (await claimed(ledger, asleep, 'runs')).epoch)
  const entry = await ledger.nextEntry(user)
  const inbox = await ledger.bumpInbox(user)

  await redis.crashAndLoseAll()
  const more = { place, epoch, expectedVersion: 5, batchId: 'b', events: drafts(1) }
  expect(await ledger.append(more)).toEqual({ ok: false, why: 'gone' })
  await expect(ledger.claim(place, 'third')).rejects.toBeInstanceOf(LedgerRestoring)
  const held: HeldPlace = {
    place,
    node: 'runs',
    epoch,
    confirmed: 3,
    snapshot: { version: 5, body: 'five' },
    from: 3,
    events: events.slice(3),
  }
  // The old owner woke first and does not know that he was dead.
  expect(await ledger.putBack({ ...held, node: 'paused', epoch: old.epoch })).toMatchObject({ ok: true })
  expect(await ledger.putBack(held)).toEqual({ ok: true, version: 5, confirmed: 3 })
  expect(await ledger.putBack({ ...held, node: 'paused', epoch: old.epoch })).toEqual({
    ok: false,
    why: 'stale',
    epoch,
  })
  expect(await ledger.append({ ...more, epoch: old.epoch })).toEqual({ ok: false, why: 'stale', epoch })
  expect(await ledger.append(more)).toMatchObject({ ok: true, version: 6 })
  expect((await ledger.tail(place, 3, 10)).map(({ seq }) => seq)).toEqual([4, 5, 6])
  expect(await ledger.dirty(10)).toEqual([place])
  expect(await ledger.nextEntry(user)).toBeGreaterThan(entry)
  expect(await ledger.bumpInbox(user)).toBeGreaterThan(inbox)

  await reaches(ledger, 'open')
  const late = { ...held, place: asleep, snapshot: { version: 3, body: 'three' }, events: [] }
  expect(await ledger.putBack(late)).toMatchObject({ ok: false, why: 'stale' })
  expect(await ledger.claim(place, 'third')).toEqual({ owner: 'runs' })
  // What the archive still knows is filled in by who has claimed it.
  const claim = await claimed(ledger, asleep, 'third')
  expect(claim.epoch).toBeGreaterThan(epoch)
  expect(await ledger.putBack({ ...late, node: 'third', epoch: claim.epoch })).toMatchObject({ ok: true, version: 3 })
  // A place that was put back is among what its node leaves behind.
  await ledger.markDead('runs', 0)
  expect(await ledger.orphans('', 10)).toEqual([place])
  expect(await claimed(ledger, place, 'third')).toMatchObject({ version: 6, snapshot: { version: 5 } })
})
