import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { drafts, type LedgerOnTest, must } from '../testing/ledgerOnTest.ts'

/** What a ledger that came back does without, and how its owners fill it. */
export function generationsContract(on: LedgerOnTest): void {
  test('LEDGER-27: a generation has a number and is open once nothing has to be waited for', async () => {
    const { id, state, since } = await on.ledger.generation()
    expect(state).toBe('open')
    expect(since).toBeLessThanOrEqual(await on.ledger.now())
    expect(await on.ledger.generation()).toEqual({ id, state, since })
    expect(await on.ledger.openGeneration(id)).toBe(true)
    expect(await on.ledger.openGeneration(id - 1)).toBe(false)
  })

  test('LEDGER-28: an owner fills what he has claimed and the ledger lacks; nobody else can (I2, I11)', async () => {
    const { place, node } = on
    const { epoch } = await on.claimed()
    const events = drafts(3)
    const held = { place, node, epoch, confirmed: 7, snapshot: { version: 9, body: 'nine' }, from: 7, events }
    const other = randomUUID()
    await on.ledger.heartbeat(other)
    const stale = { ok: false, why: 'stale', epoch }
    expect(await on.ledger.putBack({ ...held, epoch: epoch - 1 })).toEqual(stale)
    expect(await on.ledger.putBack({ ...held, node: other })).toEqual(stale)
    expect(await on.ledger.putBack({ ...held, epoch: epoch + 1 })).toEqual(stale)
    expect(await on.ledger.marks(place)).toEqual({ head: 0, confirmed: 0 })
    expect(await on.ledger.putBack(held)).toEqual({ ok: true, version: 10, confirmed: 7 })
    expect(await on.ledger.putBack(held)).toEqual({ ok: true, version: 10, confirmed: 7 })
    await on.reopen()
    expect(await on.ledger.marks(place)).toEqual({ head: 10, confirmed: 7 })
    expect(await on.ledger.dirty(10_000)).toContain(place)
    expect(await on.ledger.tail(place, 'confirmed', 2)).toMatchObject([{ seq: 8 }, { seq: 9 }])
    expect(await on.ledger.tail(place, 0, 10)).toEqual(events.map((e, i) => ({ ...e, key: place, epoch, seq: i + 8 })))
    must(await on.append(epoch, 10, drafts(1)))
    const next = await on.claimed()
    expect(next).toMatchObject({ version: 11, confirmed: 7, snapshot: { version: 9, body: 'nine' } })
    expect(next.events.map(({ seq }) => seq)).toEqual([10, 11])
    expect(await on.ledger.confirm(place, 11)).toBe(11)
  })

  test('LEDGER-28: what would leave a gap is a bug, and a place without a claim is not made', async () => {
    const { place, node } = on
    const held = { place, node, epoch: 5, confirmed: 1, snapshot: { version: 2, body: 'two' }, from: 1, events: [] }
    await expect(async () => on.ledger.putBack({ ...held, from: 2 })).rejects.toThrow('begins above')
    await expect(async () => on.ledger.putBack({ ...held, confirmed: 9, from: 3 })).rejects.toThrow('begins above')
    expect(await on.ledger.putBack(held)).toMatchObject({ ok: false, why: 'stale' })
    expect(await on.ledger.exists(place)).toBe(false)
  })
}
