import { expect, test } from 'vitest'
import { NodeDead } from '../../ports/ledger.ts'
import type { LedgerOnTest } from '../testing/ledgerOnTest.ts'

const HOUR = 3_600_000

/** Whose beats the ledger has, and the clock they are told by. */
export function nodesContract(on: LedgerOnTest): void {
  test('LEDGER-1: the clock never goes back, also over a restart', async () => {
    const first = await on.ledger.now()
    const beat = await on.ledger.heartbeat(on.node)
    await on.reopen()
    const later = await on.ledger.now()
    expect(beat.now).toBeGreaterThanOrEqual(first)
    expect(later).toBeGreaterThanOrEqual(beat.now)
    expect(Math.abs(later - Date.now())).toBeLessThan(60_000)
  })

  test('LEDGER-2: a silent node may be marked dead, for good; a beating one not', async () => {
    expect(await on.ledger.markDead(on.node, HOUR)).toBe(false)
    expect((await on.ledger.nodes()).map((beat) => beat.node)).toContain(on.node)
    expect(await on.ledger.markDead(on.node, 0)).toBe(true)
    expect(await on.ledger.markDead(on.node, HOUR)).toBe(true)
    expect(await on.ledger.heartbeat(on.node)).toMatchObject({ alive: false })
    expect((await on.ledger.nodes()).map((beat) => beat.node)).not.toContain(on.node)
    await on.reopen()
    expect(await on.ledger.heartbeat(on.node)).toMatchObject({ alive: false })
    await expect(on.ledger.claim(on.place, on.node)).rejects.toBeInstanceOf(NodeDead)
  })

  test('LEDGER-2: each beat is seen at once, and the clock goes on from it', async () => {
    const shown = async () => (await on.ledger.nodes()).find((it) => it.node === on.node)?.at
    const before = (await shown()) ?? 0
    while ((await on.ledger.now()) === before);
    const beat = await on.ledger.heartbeat(on.node)
    expect(beat.now).toBeGreaterThan(before)
    expect(await shown()).toBe(beat.now)
    expect(await on.ledger.now()).toBeGreaterThanOrEqual(beat.now)
    await on.reopen()
    expect(await shown()).toBeDefined()
    expect(await on.ledger.heartbeat(on.node)).toMatchObject({ alive: true })
  })

  test('LEDGER-2: how long a node has been silent is told by the ledger’s clock', async () => {
    const { now } = await on.ledger.heartbeat(on.node)
    const silent = async () => (await on.ledger.nodes()).find((it) => it.node === on.node)?.silentMs ?? Number.NaN
    while ((await on.ledger.now()) < now + 20);
    const after = await silent()
    expect(after).toBeGreaterThanOrEqual(20)
    expect(after).toBeLessThanOrEqual((await on.ledger.now()) - now)
  })
}
