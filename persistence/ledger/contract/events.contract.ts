import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { draft, drafts, type LedgerOnTest, must } from '../testing/ledgerOnTest.ts'

/** What is committed to a place or a talk, and what of it is kept. */
export function eventsContract(on: LedgerOnTest): void {
  test('LEDGER-5: appends give dense numbers, all or nothing, and are there after a restart', async () => {
    const { epoch } = await on.claimed()
    const events = drafts(3)
    expect(await on.append(epoch, 0, events.slice(0, 2))).toMatchObject({ ok: true, version: 2 })
    expect(await on.append(epoch, 2, events.slice(2))).toMatchObject({ ok: true, version: 3 })
    await on.reopen()
    expect(await on.ledger.tail(on.place, 0, 100)).toEqual(
      events.map((event, i) => ({ ...event, key: on.place, epoch, seq: i + 1 })),
    )
    expect(await on.ledger.tail(on.place, 1, 1)).toMatchObject([{ seq: 2 }])
    expect(await on.ledger.marks(on.place)).toMatchObject({ head: 3 })
  })

  test('LEDGER-6: the same batch again is a success that adds nothing', async () => {
    const { epoch } = await on.claimed()
    const batch = drafts(2)
    must(await on.append(epoch, 0, batch, 'batch-1'))
    expect(await on.append(epoch, 0, batch, 'batch-1')).toMatchObject({ ok: true, version: 2 })
    await on.reopen()
    expect(await on.append(epoch, 0, batch, 'batch-1')).toMatchObject({ ok: true, version: 2 })
    expect(await on.ledger.tail(on.place, 0, 100)).toHaveLength(2)
  })

  test('LEDGER-7: a stale epoch commits nothing and learns of the newer one (I2)', async () => {
    const old = await on.started(1)
    const { epoch } = await on.claimed()
    expect(await on.append(old, 1, drafts(1))).toEqual({ ok: false, why: 'stale', epoch })
    expect(await on.ledger.snapshot(on.place, old, 1, 'old')).toBe(false)
    expect(must(await on.append(epoch, 1, drafts(1)))).toMatchObject({ version: 2 })
    await on.ledger.release(on.place, epoch)
    expect(await on.append(epoch, 2, drafts(1))).toMatchObject({ ok: false, why: 'stale' })
    on.place = randomUUID()
    expect(await on.append(epoch, 0, drafts(1))).toMatchObject({ ok: false, why: 'stale' })
  })

  test('LEDGER-8: an owner who expects more is told what is there; expecting less is a bug', async () => {
    const epoch = await on.started(2)
    expect(await on.append(epoch, 5, drafts(1))).toEqual({ ok: false, why: 'behind', version: 2 })
    await expect(on.append(epoch, 1, drafts(1))).rejects.toThrow()
    expect(await on.ledger.marks(on.place)).toMatchObject({ head: 2 })
  })

  test('LEDGER-9: an event over 128 KB is refused and nothing of its batch is stored', async () => {
    const { epoch } = await on.claimed()
    await expect(on.append(epoch, 0, [draft(), draft('공'.repeat(44_000))])).rejects.toThrow(RangeError)
    expect(await on.ledger.marks(on.place)).toMatchObject({ head: 0 })
    must(await on.append(epoch, 0, [draft('공'.repeat(40_000))]))
  })

  test('LEDGER-10: a claim brings the newest snapshot and all events above it (I11, I12)', async () => {
    const epoch = await on.started(5)
    expect(await on.ledger.snapshot(on.place, epoch, 3, 'three')).toBe(true)
    expect(await on.ledger.snapshot(on.place, epoch, 2, 'two')).toBe(false)
    expect(await on.ledger.snapshot(on.place, epoch, 4, 'four')).toBe(true)
    await on.ledger.release(on.place, epoch)
    await on.reopen()
    const next = await on.claimed()
    expect(next).toMatchObject({ version: 5, snapshot: { version: 4, body: 'four' }, events: [{ seq: 5 }] })
  })

  test('LEDGER-11: the confirmed mark moves forward only, never past what is committed', async () => {
    await on.started(5)
    await on.ledger.confirm(on.place, 2)
    const mark = (await on.ledger.marks(on.place)).confirmed
    expect(mark).toBeGreaterThanOrEqual(2)
    expect(await on.ledger.confirm(on.place, 1)).toBe(mark)
    expect(await on.ledger.confirm(on.place, 99)).toBe(5)
    expect(await on.ledger.marks(on.place)).toEqual({ head: 5, confirmed: 5 })
  })

  test('LEDGER-12: what is committed above the mark makes its key dirty until it is confirmed', async () => {
    await on.started(3)
    await on.reopen()
    const { head, confirmed } = await on.ledger.marks(on.place)
    expect((await on.ledger.dirty(10_000)).includes(on.place)).toBe(confirmed < head)
    await on.ledger.confirm(on.place, 3)
    expect(await on.ledger.dirty(10_000)).not.toContain(on.place)
  })

  test('LEDGER-13: the tail is cut only below snapshot and mark, and beyond the newest 1,000', async () => {
    const epoch = await on.started(1)
    for (let version = 1; version < 1501; version += 500) must(await on.append(epoch, version, drafts(500)))
    const oldest = async () => (await on.ledger.tail(on.place, 0, 1))[0]?.seq
    await on.ledger.confirm(on.place, 1501)
    expect(await oldest()).toBe(1)
    await on.ledger.snapshot(on.place, epoch, 300, 'a')
    expect(await oldest()).toBe(301)
    await on.ledger.snapshot(on.place, epoch, 1501, 'b')
    expect(await oldest()).toBe(502)
    expect((await on.claimed()).events).toEqual([])
  })

  test('LEDGER-15: posts are numbered densely, and a repeat answers its first number (I3)', async () => {
    const talk = randomUUID()
    const posts = await Promise.all(
      Array.from({ length: 20 }, (_, i) => on.ledger.post(talk, `device-${i % 4}`, Math.floor(i / 4) + 1, draft(i))),
    )
    expect(posts.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(posts.map((_, i) => i + 1))
    await on.reopen()
    expect(await on.ledger.post(talk, 'device-1', 2, draft())).toMatchObject({ seq: posts[5]?.seq, repeated: true })
    expect(await on.ledger.post(talk, 'device-1', 6, draft())).toMatchObject({ seq: 21, repeated: false })
    expect(await on.ledger.tail(talk, 0, 100)).toHaveLength(21)
    expect(await on.ledger.marks(talk)).toMatchObject({ head: 21 })
    expect(await on.ledger.post(randomUUID(), 'device-1', 2, draft())).toMatchObject({ seq: 1, repeated: false })
  })
}
