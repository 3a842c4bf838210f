import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { drafts, type LedgerOnTest, must } from '../testing/ledgerOnTest.ts'

const HOUR = 3_600_000

/** Whose a place is, from its claim to its end, and when somebody has to look after it. */
export function placesContract(on: LedgerOnTest): void {
  test('LEDGER-3: a place has one owner until it is released or its node is dead; epochs rise (I2)', async () => {
    const other = randomUUID()
    await on.ledger.heartbeat(other)
    const before = await on.ledger.now()
    const first = await on.claimed()
    expect(first).toMatchObject({ version: 0, confirmed: 0, snapshot: null, events: [] })
    expect(first.epoch).toBeGreaterThanOrEqual(before)
    expect(await on.ledger.claim(on.place, other)).toEqual({ owner: on.node })
    const again = await on.claimed()
    expect(again.epoch).toBeGreaterThan(first.epoch)
    await on.ledger.release(on.place, first.epoch)
    expect(await on.ledger.claim(on.place, other)).toEqual({ owner: on.node })
    await on.ledger.release(on.place, again.epoch)
    const third = await on.claimed(other)
    expect(third.epoch).toBeGreaterThan(again.epoch)
    await on.ledger.markDead(other, 0)
    expect((await on.claimed()).epoch).toBeGreaterThan(third.epoch)
  })

  test('LEDGER-4: claims at the same time have one winner', async () => {
    const nodes = Array.from({ length: 10 }, () => randomUUID())
    for (const each of nodes) await on.ledger.heartbeat(each)
    const claims = await Promise.all(nodes.map((each) => on.ledger.claim(on.place, each)))
    const won = claims.filter((claim) => 'epoch' in claim)
    expect(won).toHaveLength(1)
    const winner = nodes[claims.findIndex((claim) => 'epoch' in claim)]
    for (const claim of claims) if ('owner' in claim) expect(claim.owner).toBe(winner)
  })

  test('LEDGER-14: a place exists from its first event until its end; its end forgets it', async () => {
    const { epoch } = await on.claimed()
    expect(await on.ledger.exists(on.place)).toBe(false)
    must(await on.append(epoch, 0, drafts(2)))
    await on.ledger.snapshot(on.place, epoch, 2, 'body')
    await on.ledger.setDue(on.place, 1)
    await on.ledger.endPlace(on.place, epoch - 1)
    expect(await on.ledger.exists(on.place)).toBe(true)
    await on.ledger.endPlace(on.place, epoch)
    expect(await on.ledger.exists(on.place)).toBe(false)
    expect((await on.ledger.due(10_000)).some((entry) => entry.place === on.place)).toBe(false)
    expect(await on.append(epoch, 2, drafts(1))).toMatchObject({ ok: false, why: 'stale' })
    // What the log still lacks stays until it is confirmed.
    const { head, confirmed } = await on.ledger.marks(on.place)
    expect(await on.ledger.tail(on.place, confirmed, 10)).toHaveLength(head - confirmed)
    expect(await on.ledger.tail(on.place, 'confirmed', 10)).toHaveLength(head - confirmed)
    await on.ledger.confirm(on.place, 2)
    expect(await on.ledger.tail(on.place, 0, 10)).toEqual([])
    expect(await on.claimed()).toMatchObject({ version: 0, snapshot: null, events: [] })
  })

  test('LEDGER-20: due places come oldest first, once their time has passed', async () => {
    const now = await on.ledger.now()
    const [older, newer, later] = [randomUUID(), randomUUID(), randomUUID()]
    await on.ledger.setDue(newer, now - 1000)
    await on.ledger.setDue(older, now - 2000)
    await on.ledger.setDue(later, now + HOUR)
    await on.reopen()
    const mine = async () =>
      (await on.ledger.due(10_000)).filter(({ place: id }) => [older, newer, later].some((each) => each === id))
    expect(await mine()).toEqual([
      { place: older, at: now - 2000 },
      { place: newer, at: now - 1000 },
    ])
    await on.ledger.setDue(older, null)
    await on.ledger.setDue(newer, now + HOUR)
    expect(await mine()).toEqual([])
  })

  test('LEDGER-26: what a dead node held is listed, page by page, until it is claimed or was released (I2)', async () => {
    const next = randomUUID()
    await on.ledger.heartbeat(next)
    const held: string[] = []
    for (let i = 0; i < 5; i++) {
      on.place = randomUUID()
      held.push(on.place)
      await on.started(1)
    }
    const [released = '', ended = ''] = held.splice(0, 2)
    await on.ledger.release(released, (await on.claimed(on.node, released)).epoch)
    await on.ledger.endPlace(ended, (await on.claimed(on.node, ended)).epoch)
    await on.claimed(on.node, randomUUID())
    const mine = async () => {
      const found: string[] = []
      for (
        let page = await on.ledger.orphans('', 2);
        page.length > 0;
        page = await on.ledger.orphans(page.at(-1) ?? '', 2)
      )
        found.push(...page)
      return found.filter((id) => held.includes(id))
    }
    expect(await mine()).toEqual([])
    await on.ledger.markDead(on.node, 0)
    await on.reopen()
    expect(await mine()).toEqual(held.toSorted())
    const [first = ''] = held
    await on.claimed(next, first)
    expect(await mine()).toEqual(held.slice(1).toSorted())
  })
}
