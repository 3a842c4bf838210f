import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Envelope } from '#schemas/events/envelope.ts'
import { sqliteEventLog } from '../eventLog/sqliteEventLog.ts'
import { openLedgerFile } from '../ledger/openLedgerFile.ts'
import { sqliteLedger } from '../ledger/sqliteLedger.ts'
import { temporaryFolder } from '../sqlite/testing/temporaryFolder.ts'
import { createPublisher, type PublisherOptions } from './publisher.ts'

async function open(options: Partial<PublisherOptions> & { logInline?: boolean } = {}) {
  const { logInline = false, ...rest } = options
  const file = await openLedgerFile({ path: join(temporaryFolder(), 'ledger.db'), logInline })
  const ledger = sqliteLedger(file)
  const log = sqliteEventLog(file)
  const publisher = createPublisher({ ledger, log, ...rest })
  onTestFinished(async () => {
    await publisher.close()
    await ledger.close()
    await log.close()
    await file.close()
  })
  /** A place whose owner appends `count` events at each call. */
  const place = async (key: string) => {
    const claim = await ledger.claim(key, 'n')
    if ('owner' in claim) throw new Error('owned')
    let version = 0
    return async (count: number) => {
      const events = Array.from({ length: count }, (_, i) => ({
        id: `${key}-${version + i + 1}`,
        type: 'test.happened',
        version: 1,
        at: 1,
        actor: null,
        data: null,
      }))
      const batch = { place: key, epoch: claim.epoch, expectedVersion: version, batchId: `${key}-${version}`, events }
      const appended = await ledger.append(batch)
      if (!appended.ok) throw new Error(appended.why)
      version = appended.version
      return appended
    }
  }
  const published = async () => {
    const got = new Map<string, number[]>()
    const handle = async (batch: readonly Envelope[]) => {
      for (const { key, seq } of batch) got.set(key, [...(got.get(key) ?? []), seq])
    }
    const consumer = await log.consume({ group: crypto.randomUUID(), batchSize: 100, handle })
    await consumer.caughtUp()
    await consumer.stop()
    return got
  }
  return { ledger, log, publisher, place, published }
}
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

describe('the publisher', () => {
  test('PUBLISH-1: publishing a key sends everything above its confirmed mark, in order', async () => {
    const confirmed: [string, number][] = []
    const { ledger, publisher, place, published } = await open({
      batchSize: 4,
      onConfirmed: (key, mark) => confirmed.push([key, mark]),
    })
    const append = await place('p')
    await append(5)
    publisher.publish('p', await append(5))
    await publisher.idle()
    expect((await published()).get('p')).toEqual(upTo(10))
    expect(await ledger.marks('p')).toEqual({ head: 10, confirmed: 10 })
    expect(confirmed.map(([, mark]) => mark)).toEqual([4, 8, 10])
    expect(await ledger.dirty(10)).toEqual([])
  })

  test('PUBLISH-2: what another owner left is found by the sweep', async () => {
    const { ledger, publisher, place, published } = await open()
    for (const key of ['a', 'b', 'c']) await (await place(key))(3)
    expect(await ledger.dirty(10)).toEqual(['a', 'b', 'c'])
    expect(await publisher.sweep()).toBe(3)
    await publisher.idle()
    expect(await published()).toEqual(new Map(['a', 'b', 'c'].map((key) => [key, upTo(3)])))
    expect(await publisher.sweep()).toBe(0)
  })

  test('PUBLISH-3: two publishers and commits meanwhile leave no gap and no disorder', async () => {
    const { ledger, log, publisher, place, published } = await open({ batchSize: 3 })
    const second = createPublisher({ ledger, log, batchSize: 5 })
    onTestFinished(() => second.close())
    const append = await place('p')
    for (let i = 0; i < 20; i++) {
      const committed = await append(3)
      publisher.publish('p', committed)
      second.publish('p', committed)
    }
    await Promise.all([publisher.idle(), second.idle()])
    expect((await published()).get('p')).toEqual(upTo(60))
    expect(await ledger.marks('p')).toEqual({ head: 60, confirmed: 60 })
  })

  test('PUBLISH-4: with the log down commits go on; when it is back all comes in order (I5)', async () => {
    const back = Promise.withResolvers<void>()
    let down = true
    const context = await open()
    const publish: typeof context.log.publish = async (events) => {
      if (down) throw new Error('the log is down')
      await context.log.publish(events)
    }
    const reported: unknown[] = []
    const publisher = createPublisher({
      ledger: context.ledger,
      log: { publish },
      onConfirmed: (_, mark) => mark === 40 && back.resolve(),
      report: (_, error) => reported.push(error),
    })
    onTestFinished(() => publisher.close())
    const append = await context.place('p')
    for (let i = 0; i < 10; i++) publisher.publish('p', await append(4))
    await publisher.idle()
    expect(reported.length).toBeGreaterThan(0)
    expect(publisher.waiting).toBe(1)
    expect((await context.ledger.marks('p')).confirmed).toBe(0)
    down = false
    await back.promise
    expect((await context.published()).get('p')).toEqual(upTo(40))
  })

  test('PUBLISH-5: the queue is bounded; what found no room is left to the sweep', async () => {
    const { ledger, publisher, place, published } = await open({ maxKeys: 2, parallel: 1 })
    const keys = ['a', 'b', 'c', 'd', 'e']
    const commits = []
    for (const key of keys) commits.push({ key, committed: await (await place(key))(1) })
    for (const { key, committed } of commits) publisher.publish(key, committed)
    expect(publisher.waiting).toBe(2)
    await publisher.idle()
    expect(await ledger.dirty(10)).toEqual(['d', 'e'])
    await publisher.sweep()
    await publisher.idle()
    expect([...(await published()).keys()].sort()).toEqual(keys)
  })

  test('PUBLISH-7: what its owner hands over is not asked for; what was handed over before an outage is', async () => {
    const { ledger, log, place, published } = await open()
    let tails = 0
    let down = false
    const publisher = createPublisher({
      ledger: {
        ...ledger,
        tail(...args) {
          tails++
          return ledger.tail(...args)
        },
      },
      log: {
        async publish(events) {
          if (down) throw new Error('the log is down')
          await log.publish(events)
        },
      },
    })
    onTestFinished(() => publisher.close())
    const append = await place('p')
    const own = async (from: number, to: number) => (await ledger.tail('p', from, 100)).filter(({ seq }) => seq <= to)
    publisher.publish('p', await append(3), await own(0, 3))
    await publisher.idle()
    expect(tails).toBe(0)
    expect(await ledger.marks('p')).toEqual({ head: 3, confirmed: 3 })

    // While one batch is under way the next is handed over: it begins above what the first has confirmed.
    publisher.publish('p', await append(2), await own(3, 5))
    publisher.publish('p', await append(2), await own(3, 7))
    await publisher.idle()
    expect(tails).toBe(0)
    expect((await published()).get('p')).toEqual(upTo(7))

    down = true
    publisher.publish('p', await append(1), await own(7, 8))
    await publisher.idle()
    down = false
    publisher.publish('p', await append(1), await own(8, 9))
    for (let marks = await ledger.marks('p'); marks.confirmed < 9; marks = await ledger.marks('p'))
      await publisher.idle()
    expect(tails).toBeGreaterThan(0)
    expect((await published()).get('p')).toEqual(upTo(9))
  })

  test('PUBLISH-6: where committed is stored, publishing asks nothing of ledger or log', async () => {
    const asked: string[] = []
    const { ledger, place, published } = await open({ logInline: true })
    const refuse = (what: string) => async () => {
      asked.push(what)
      throw new Error(what)
    }
    const publisher = createPublisher({
      ledger: { tail: refuse('tail'), confirm: refuse('confirm'), dirty: ledger.dirty },
      log: { publish: refuse('publish') },
    })
    onTestFinished(() => publisher.close())
    publisher.publish('p', await (await place('p'))(3))
    expect(await publisher.sweep()).toBe(0)
    await publisher.idle()
    expect(asked).toEqual([])
    expect((await published()).get('p')).toEqual(upTo(3))
  })
})
