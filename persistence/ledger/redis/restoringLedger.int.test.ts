import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import type { Draft, Envelope } from '#schemas/events/envelope.ts'
import { mongoForTest } from '../../archive/testing/mongoForTest.ts'
import { openMongoKeptPlaces } from '../../keptPlaces/mongoKeptPlaces.ts'
import { IDLE_MS, parkPlaces } from '../../parking/parkPlaces.ts'
import { LedgerRestoring, LedgerUnavailable } from '../../ports/ledger.ts'
import { restoringLedger } from '../restoringLedger.ts'
import { wakeRecent } from '../wakeRecent.ts'
import { claimed, drafts, redisUnderTest } from './testing/redisUnderTest.ts'

/** Redis and MongoDB, and in place of the log between them a hand that brings to the archive what is committed. */
async function restoring(generations = { waitMs: 0, opensAlone: true }) {
  const redis = await redisUnderTest()
  const mongo = await mongoForTest()
  const kept = await openMongoKeptPlaces(mongo.url)
  onTestFinished(async () => {
    await kept.close()
    await mongo.drop()
  })
  const raw = redis.open({ generations })
  const log = { passed: async () => {} }
  const ledger = restoringLedger(raw, { kept, keptPassed: () => log.passed() })
  const published = new Map<string, number>()
  async function publish(place: string) {
    const events = await raw.tail(place, published.get(place) ?? 0, 10_000)
    await kept.add(events)
    const { head } = await raw.marks(place)
    published.set(place, head)
    await raw.confirm(place, head)
  }
  async function grown(count: number, snapshotAt?: number, place: string = randomUUID()) {
    const { epoch } = await claimed(ledger, place, 'n')
    const events: Draft[] = drafts(count)
    await ledger.append({ place, epoch, expectedVersion: 0, batchId: 'b', events })
    if (snapshotAt !== undefined) {
      await ledger.snapshot(place, epoch, snapshotAt, `at ${snapshotAt}`)
      await publish(place)
      await kept.keepSnapshot(place, snapshotAt, `at ${snapshotAt}`)
    } else await publish(place)
    return { place, epoch, events }
  }
  return { redis, kept, raw, ledger, log, publish, grown }
}
const idsOf = (events: readonly (Draft | Envelope)[]) => events.map(({ id }) => id)

test('LEDGER-36: places that an empty ledger has lost are claimed as they were, numbers going on, under a higher epoch (I2, I3, I12)', async () => {
  const { redis, ledger, raw, grown } = await restoring()
  const [snapped, fresh] = [await grown(5, 3), await grown(4)]
  await redis.crashAndLoseAll()
  for (const [{ place, epoch, events }, version] of [
    [snapped, 3],
    [fresh, 0],
  ] as const) {
    expect(await raw.exists(place)).toBe(false)
    expect(await ledger.exists(place)).toBe(true)
    const claim = await claimed(ledger, place, 'm')
    const head = events.length
    expect(claim).toMatchObject({ version: head, confirmed: head, refilled: true })
    expect(claim.epoch).toBeGreaterThan(epoch)
    expect(claim.snapshot).toEqual(version > 0 ? { version, body: `at ${version}` } : null)
    expect(idsOf(claim.events)).toEqual(idsOf(events.slice(version)))
    const more = { place, epoch: claim.epoch, expectedVersion: head, batchId: 'more', events: drafts(2) }
    expect(await ledger.append(more)).toEqual({ ok: true, version: head + 2, confirmed: head })
    expect(await ledger.append({ ...more, epoch, batchId: 'late' })).toMatchObject({ ok: false, why: 'stale' })
    const next = await claimed(ledger, place, 'm')
    expect(next.refilled).toBeUndefined()
    expect(next).toMatchObject({ version: head + 2, snapshot: claim.snapshot })
    expect(next.events.map(({ seq }) => seq)).toEqual([...claim.events.map(({ seq }) => seq), head + 1, head + 2])
  }
  const unknown = randomUUID()
  expect(await ledger.exists(unknown)).toBe(false)
  expect((await claimed(ledger, unknown, 'm')).version).toBe(0)
})

test('LEDGER-36: a node that died between the claim and what it brings back leaves nothing half restored (I11)', async () => {
  const { redis, ledger, raw, grown } = await restoring()
  const { place, events } = await grown(4)
  await redis.crashAndLoseAll()
  await claimed(raw, place, 'dies')
  expect(await ledger.claim(place, 'm')).toEqual({ owner: 'dies' })
  await raw.markDead('dies', 0)
  expect(idsOf((await claimed(ledger, place, 'm')).events)).toEqual(idsOf(events))
})

test('LEDGER-37: nothing is taken from an archive that is behind the log or away, and what has ended stays ended', async () => {
  const { redis, ledger, raw, kept, log, grown } = await restoring()
  const [lost, ended] = [await grown(3), await grown(3)]
  await raw.endPlace(ended.place, ended.epoch)
  await redis.crashAndLoseAll()
  const passed = Promise.withResolvers<void>()
  log.passed = () => passed.promise
  await expect(ledger.claim(lost.place, 'm')).rejects.toBeInstanceOf(LedgerUnavailable)
  // What its end left to the log was not kept yet.
  const [there, claim] = [ledger.exists(ended.place), ledger.claim(lost.place, 'm')]
  await kept.end([ended.place])
  passed.resolve()
  expect(await there).toBe(false)
  expect(await claim).toMatchObject({ version: 3 })
})

test('LEDGER-37: before the generation is open a place that is nowhere is not said to be gone', async () => {
  const { redis, ledger, raw } = await restoring({ waitMs: 0, opensAlone: false })
  const open = async () => raw.openGeneration((await raw.generation()).id)
  expect(await open()).toBe(true)
  expect(await ledger.exists('nowhere')).toBe(false)
  await redis.crashAndLoseAll()
  await expect(ledger.exists('nowhere')).rejects.toBeInstanceOf(LedgerRestoring)
  expect(await open()).toBe(true)
  expect(await ledger.exists('nowhere')).toBe(false)
})

test('LEDGER-39: of the places of the last hour those that the ledger has lost are due at once (I12)', async () => {
  const { redis, ledger, raw, kept, grown } = await restoring()
  const [lost, runs] = [await grown(3), await grown(3)]
  await redis.crashAndLoseAll()
  await claimed(ledger, runs.place, 'm')
  await wakeRecent(kept, raw)
  await wakeRecent(kept, raw)
  expect((await raw.due(10)).map(({ place }) => place)).toEqual([lost.place])
})

test('LEDGER-38: a week after its last event a wholly archived place leaves the ledger, and comes back with the next claim (I12)', async () => {
  const { ledger, raw, kept, publish, grown } = await restoring()
  const [rests, claims, lacks, behind] = [await grown(5, 5), await grown(5, 5), await grown(5, 5), await grown(5, 4)]
  for (const { place, epoch } of [rests, behind]) await ledger.release(place, epoch)
  await ledger.append({ ...lacks, expectedVersion: 5, batchId: 'c', events: drafts(1) })
  await ledger.snapshot(lacks.place, lacks.epoch, 6, 'at 6')
  await ledger.release(lacks.place, lacks.epoch)
  await ledger.addRemoved(rests.place, 'u', null)
  expect(await parkPlaces({ kept, ledger: raw }, IDLE_MS)).toBe(0)
  expect(await parkPlaces({ kept, ledger: raw }, IDLE_MS + 2)).toBe(1)
  expect(await parkPlaces({ kept, ledger: raw }, IDLE_MS + 2)).toBe(0)
  expect(await Promise.all([rests, claims, lacks, behind].map(({ place }) => raw.exists(place)))).toEqual([
    ...[false, true, true, true],
  ])
  expect(await ledger.exists(rests.place)).toBe(true)
  const back = await claimed(ledger, rests.place, 'm')
  expect(back).toMatchObject({ version: 5, snapshot: { version: 5, body: 'at 5' }, events: [], refilled: true })
  expect(back.epoch).toBeGreaterThan(rests.epoch)
  await publish(lacks.place)
  expect(await parkPlaces({ kept, ledger: raw }, IDLE_MS + 2)).toBe(1)
  expect(await claimed(ledger, lacks.place, 'm')).toMatchObject({ version: 6, snapshot: { version: 6 } })
})

test('LEDGER-38: a place that is claimed while it is being parked stays', async () => {
  const { raw, grown } = await restoring()
  const { place, epoch } = await grown(2, 2)
  expect(await raw.rest(place)).toMatchObject({ epoch, head: 2, confirmed: 2, owned: true, snapshot: { version: 2 } })
  expect(await raw.park(place, epoch, 2)).toBe(false)
  await raw.release(place, epoch)
  expect([await raw.park(place, epoch - 1, 2), await raw.park(place, epoch, 1)]).toEqual([false, false])
  const next = await claimed(raw, place, 'm')
  expect(await raw.park(place, epoch, 2)).toBe(false)
  await raw.release(place, next.epoch)
  expect(await raw.park(place, next.epoch, 2)).toBe(true)
  expect([await raw.rest(place), await raw.exists(place)]).toEqual([null, false])
})
