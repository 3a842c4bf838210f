import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { LedgerUnavailable, type UserPlace } from '../../ports/ledger.ts'
import { faultProxy } from '../../testing/faultProxy.ts'
import { claimed, drafts, redisUnderTest } from './testing/redisUnderTest.ts'

/** The same call again until there is an answer. */
async function insist<T>(call: () => Promise<T>, onAway: () => void = () => {}): Promise<T> {
  for (;;) {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof LedgerUnavailable)) throw error
      onAway()
      await setImmediate()
    }
  }
}

test('LEDGER-32: kill -9 of Redis in the middle of appends loses nothing acknowledged and doubles nothing (I3)', async () => {
  const redis = await redisUnderTest()
  const ledger = redis.open()
  let acknowledged = 0
  let stop = false
  let reached = { count: Infinity, resolve: () => {} }
  const acknowledgements = (count: number) =>
    new Promise<void>((resolve) => {
      reached = { count: acknowledged + count, resolve }
    })
  let away = 0

  const appendTo = async (place: string) => {
    const { epoch } = await claimed(ledger, place, 'n')
    const ids: string[] = []
    while (!stop) {
      const events = drafts(1 + (ids.length % 3), place)
      const batch = { place, epoch, expectedVersion: ids.length, batchId: randomUUID(), events }
      const answer = await insist(
        () => ledger.append(batch),
        () => void away++,
      )
      expect(answer).toMatchObject({ ok: true, version: ids.length + events.length })
      ids.push(...events.map(({ id }) => id))
      if (++acknowledged >= reached.count) reached.resolve()
    }
    return ids
  }
  const places = Array.from({ length: 20 }, () => randomUUID())
  const all = Promise.all(places.map(appendTo))
  for (let round = 0; round < 3; round++) {
    await acknowledgements(300)
    await redis.crash()
  }
  await acknowledgements(300)
  stop = true
  const logs = await all
  expect(away).toBeGreaterThan(0)
  for (const [i, place] of places.entries()) {
    const tail = await ledger.tail(place, 0, 100_000)
    expect(tail.map(({ id }) => id)).toEqual(logs[i])
    expect(tail.map(({ seq }) => seq)).toEqual(logs[i]?.map((_, n) => n + 1))
  }
  expect(new Set(await ledger.dirty(1000))).toEqual(new Set(places))
})

test('LEDGER-32: a swallowed answer is asked for again and counts once', async () => {
  const redis = await redisUnderTest()
  const proxy = await faultProxy(redis.port)
  onTestFinished(() => proxy.close())
  const ledger = redis.open({ commandTimeoutMs: 300, silenceMs: 500 }, proxy.port)
  const direct = redis.open()
  const [place, talk, user] = [randomUUID(), randomUUID(), randomUUID()]
  const { epoch } = await claimed(ledger, place, 'n')
  const batch = (n: number) => ({ place, epoch, expectedVersion: n, batchId: `b${n}`, events: drafts(1) })
  const seat: UserPlace = { user, place, session: 's', device: 'd', entry: await ledger.nextEntry(user), node: 'n' }
  const [event] = drafts(1)
  if (!event) throw new Error('no event')
  const append = batch(1)
  /** What goes before, so that the swallowed answer is the call's own; the call; what it says when it is asked again. */
  const calls: [() => Promise<unknown>, () => Promise<unknown>, unknown][] = [
    [() => ledger.append(batch(0)), () => ledger.append(append), { ok: true, version: 2, confirmed: 0 }],
    [
      () => ledger.post(talk, 'o', 1, event),
      () => ledger.post(talk, 'o', 2, event),
      { seq: 2, repeated: true, confirmed: 0 },
    ],
    [() => ledger.now(), () => ledger.takePlace(seat), { taken: true, before: null }],
    [() => ledger.now(), () => ledger.snapshot(place, epoch, 2, 'two'), true],
    [() => ledger.now(), () => ledger.confirm(place, 2), 2],
  ]
  const counted: unknown[] = []
  for (const [before, call, answer] of calls) {
    await insist(before)
    proxy.swallowAnswers(true)
    await expect(call()).rejects.toBeInstanceOf(LedgerUnavailable)
    counted.push([(await direct.marks(place)).head, (await direct.marks(talk)).head])
    proxy.cut()
    proxy.swallowAnswers(false)
    expect(await insist(call)).toEqual(answer)
  }
  // It had happened each time, and once.
  expect(counted.slice(0, 2)).toEqual([
    [2, 0],
    [2, 2],
  ])
  expect(await direct.marks(place)).toEqual({ head: 2, confirmed: 2 })
  expect(await direct.marks(talk)).toMatchObject({ head: 2 })
  expect(await direct.placesOf([user])).toEqual([seat])
})

test('LEDGER-31: a frozen server is unavailable within 3 s, and what waited goes on when it wakes', async () => {
  const redis = await redisUnderTest()
  const ledger = redis.open()
  const place = randomUUID()
  const { epoch } = await claimed(ledger, place, 'n')
  const begun = performance.now()
  await redis.server.pause()
  const asked = Promise.allSettled([
    ledger.now(),
    ledger.isRemoved(place, 'u'),
    ledger.placesOf(['a', 'b']),
    ledger.append({ place, epoch, expectedVersion: 0, batchId: 'first', events: drafts(1) }),
  ])
  for (const answer of await asked) {
    expect(answer.status === 'rejected' && answer.reason).toBeInstanceOf(LedgerUnavailable)
    expect(performance.now() - begun).toBeLessThan(3500)
  }
  // Past the silence after which the connection is cut: the next ones find no connection at all.
  for (let i = 0; i < 2; i++) await expect(ledger.now()).rejects.toBeInstanceOf(LedgerUnavailable)
  expect(performance.now() - begun).toBeGreaterThan(5000)
  await redis.server.resume()
  const batch = { place, epoch, expectedVersion: 0, batchId: 'first', events: drafts(1) }
  expect(await insist(() => ledger.append(batch))).toMatchObject({ ok: true, version: 1 })
  expect(await ledger.tail(place, 0, 10)).toHaveLength(1)
})

test('LEDGER-31: calls to a server that is away are bounded', async () => {
  const redis = await redisUnderTest()
  const ledger = redis.open({ maxCalls: 100 })
  await ledger.now()
  await redis.server.pause()
  const calls = Array.from({ length: 150 }, () => ledger.now())
  const first = await Promise.race(calls.map((call, i) => call.then(() => -1).catch(() => i)))
  expect(first).toBeGreaterThanOrEqual(100)
  await redis.server.resume()
  const answered = (await Promise.allSettled(calls)).filter(({ status }) => status === 'fulfilled')
  expect(answered).toHaveLength(100)
})
