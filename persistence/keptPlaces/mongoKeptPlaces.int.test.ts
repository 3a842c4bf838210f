import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Envelope } from '#schemas/events/envelope.ts'
import { mongoForTest } from '../archive/testing/mongoForTest.ts'
import type { KeptPlaces } from '../ports/keptPlaces.ts'
import type { PlaceAtRest } from '../ports/placeParking.ts'
import { placesProjection } from '../projections/places/placesProjection.ts'
import { openMongoKeptPlaces } from './mongoKeptPlaces.ts'

let mongo: Awaited<ReturnType<typeof mongoForTest>>
let kept: KeptPlaces
let place = ''
beforeAll(async () => {
  mongo = await mongoForTest()
  kept = await openMongoKeptPlaces(mongo.url)
})
afterAll(async () => {
  await kept.close()
  await mongo.drop()
})
beforeEach(() => {
  place = randomUUID()
})

const told = (from: number, to: number, differs: Partial<Envelope> = {}): Envelope[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    ...{ id: `${place} ${from + i}`, type: 'test.happened', version: 1, key: place, epoch: 7, seq: from + i },
    ...{ at: (from + i) * 1000, actor: null, data: { "it's": from + i } },
    ...differs,
  }))
const numbers = async () => (await kept.of(place))?.events.map(({ seq }) => seq)

test('STORE-110: a place is kept once, whatever the log cuts and repeats, and comes back as it was told', async () => {
  const all = told(1, 9)
  expect(await kept.has(place)).toBe(false)
  expect(await kept.of(place)).toBeNull()
  for (const [from, to] of [
    [1, 3],
    [1, 2],
    [3, 6],
    [1, 3],
    [5, 9],
    [2, 4],
  ] as const)
    await kept.add(told(from, to))
  expect(await kept.has(place)).toBe(true)
  expect(await kept.of(place)).toEqual({ head: 9, snapshot: null, events: all })
  expect(await kept.reach([place, 'none'])).toEqual(new Map([[place, { head: 9, snapshot: 0 }]]))
})

test('STORE-110: of two events of one number the newer owner’s counts; a gap is never passed over', async () => {
  await kept.add(told(1, 4))
  await kept.add(told(4, 5, { epoch: 8 }))
  await kept.add(told(2, 4))
  expect((await kept.of(place))?.events.map(({ epoch }) => epoch)).toEqual([7, 7, 7, 8, 8])
  await kept.add(told(7, 7))
  await expect(kept.of(place)).rejects.toThrow('lacks event 6')
})

test('STORE-111: a snapshot takes the place of its events; older ones, and those above what the log told, change nothing', async () => {
  await kept.add(told(1, 6))
  await kept.keepSnapshot(place, 7, 'not told yet')
  await kept.keepSnapshot(place, 4, 'four')
  await kept.keepSnapshot(place, 3, 'three')
  expect(await kept.of(place)).toEqual({ head: 6, snapshot: { version: 4, body: 'four' }, events: told(5, 6) })
  await kept.keepSnapshot(place, 6, 'six')
  expect(await kept.of(place)).toEqual({ head: 6, snapshot: { version: 6, body: 'six' }, events: [] })
  await kept.add(told(5, 8))
  expect(await numbers()).toEqual([7, 8])
})

test('STORE-112: what has ended is gone, and stays so when the log repeats it; later nothing is left of it', async () => {
  await kept.add(told(1, 3))
  await kept.keepSnapshot(place, 2, 'two')
  await kept.end([place, 'none'])
  for (const again of [told(1, 3), told(4, 5)]) {
    await kept.add(again)
    await kept.keepSnapshot(place, 3, 'three')
    expect([await kept.has(place), await kept.of(place)]).toEqual([false, null])
  }
  expect(await kept.sweep(5_000)).toBe(0)
  expect(await kept.sweep(5_001)).toBe(1)
  expect(await kept.has(place)).toBe(false)
})

test('STORE-113: places at rest are listed by their age until they are parked; the next event lists them again', async () => {
  const other = randomUUID()
  await kept.add([...told(1, 2), ...told(1, 1).map((event) => ({ ...event, key: other }))])
  const mine = async (before: number) => (await kept.idle(before, 1000)).filter((id) => id === place || id === other)
  expect([await mine(1_000), await mine(1_001), await mine(2_001)]).toEqual([[], [other], [other, place]])
  const all = await kept.idle(2_001, 1000)
  expect(await kept.idle(2_001, 1000, 1)).toEqual(all.slice(1))
  expect([await kept.idle(2_001, 1, all.length - 1), await kept.idle(2_001, 9, all.length)]).toEqual([[place], []])
  const late = 1e12
  await kept.add([...told(3, 3, { at: late }), ...told(2, 2, { key: other, at: late - 500 })])
  expect([await kept.recent(500, 9), await kept.recent(501, 9), await kept.recent(501, 1)]).toEqual([
    ...[[place], [place, other], [place]],
  ])
  await kept.parked(other, 1)
  expect(await kept.recent(501, 9)).toEqual([place, other])
  await kept.parked(other, 2)
  expect(await kept.recent(501, 9)).toEqual([place])
  expect(await mine(late + 1)).toEqual([place])
  await kept.add(told(3, 3, { key: other }))
  expect(await mine(late + 1)).toEqual([other, place])
})

test('STORE-114: the read model keeps all events of places, looks for a snapshot every hundred, and follows an end', async () => {
  let rest: PlaceAtRest | null = null
  const asked: string[] = []
  const { handle } = placesProjection(kept, {
    async rest(id) {
      asked.push(id)
      return rest
    },
  })
  const talk = told(1, 1, { key: `${place} talk`, epoch: 0 })
  await handle([...told(1, 99), ...talk])
  expect(asked).toEqual([])
  expect(await kept.has(`${place} talk`)).toBe(false)
  const resting = (version: number) => {
    rest = { epoch: 7, head: 300, confirmed: 300, owned: true, snapshot: { version, body: `at ${version}` } }
  }
  resting(120)
  await handle(told(100, 110))
  expect((await kept.of(place))?.snapshot).toBeNull()
  await handle(told(111, 230))
  expect(await kept.of(place)).toEqual({
    head: 230,
    snapshot: { version: 120, body: 'at 120' },
    events: told(121, 230),
  })
  expect(asked).toEqual([place, place])
  await handle([...told(231, 231), ...told(232, 232, { type: 'room.ended' }), ...told(233, 233)])
  expect(await kept.has(place)).toBe(false)
})
