import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { LedgerUnavailable } from '../ports/ledger.ts'
import { temporaryFolder } from '../sqlite/testing/temporaryFolder.ts'
import { ledgerContract } from './ledger.contract.ts'
import { openLedgerFile } from './openLedgerFile.ts'
import { sqliteLedger } from './sqliteLedger.ts'

for (const logInline of [true, false])
  ledgerContract(`SQLite, log ${logInline ? 'in the same transaction' : 'by publisher'}`, async () => {
    const dir = mkdtempSync(join(tmpdir(), 'studyhub-'))
    const open = () => openLedgerFile({ path: join(dir, 'ledger.db'), logInline, predecessorsDead: false })
    let file = await open()
    let ledger = sqliteLedger(file)
    const close = async () => {
      await ledger.close()
      await file.close()
    }
    return {
      ledger,
      // Death by kill -9 is tried with a process of its own in ledgerKill.e2e.test.ts.
      async reopen() {
        await close()
        file = await open()
        ledger = sqliteLedger(file)
        return ledger
      },
      async close() {
        await close()
        rmSync(dir, { recursive: true })
      },
    }
  })

async function open(options: { path?: string; predecessorsDead?: boolean } = {}) {
  const path = options.path ?? join(temporaryFolder(), 'ledger.db')
  const file = await openLedgerFile({ ...options, path })
  const ledger = sqliteLedger(file)
  const close = async () => {
    await ledger.close()
    await file.close()
  }
  onTestFinished(close)
  return { path, file, ledger, close }
}
const draft = (i: number) => ({ id: `e${i}`, type: 'test.happened', version: 1, at: i, actor: null, data: { i } })

describe('the SQLite ledger', () => {
  test('LEDGER-21: committed is stored: an accepted event is confirmed at once, and nothing is ever dirty', async () => {
    const { ledger } = await open()
    const claim = await ledger.claim('p', 'n')
    if ('owner' in claim) throw new Error('owned')
    const batch = { place: 'p', epoch: claim.epoch, expectedVersion: 0, batchId: 'b', events: [draft(1), draft(2)] }
    expect(await ledger.append(batch)).toEqual({ ok: true, version: 2, confirmed: 2 })
    expect(await ledger.post('talk', 'o', 1, draft(3))).toEqual({ seq: 1, repeated: false, confirmed: 1 })
    expect(await ledger.dirty(10)).toEqual([])
  })

  test('LEDGER-22: the only process of a data folder claims at once after a crash', async () => {
    const first = await open()
    await first.ledger.heartbeat('old')
    await first.ledger.claim('p', 'old')
    await first.close()
    const second = await open({ path: first.path })
    expect(await second.ledger.claim('p', 'new')).toMatchObject({ version: 0 })
    expect(await second.ledger.heartbeat('old')).toMatchObject({ alive: false })
  })

  test('LEDGER-23: a closed or lost file is LedgerUnavailable', async () => {
    const { ledger, close } = await open()
    await close()
    await expect(ledger.now()).rejects.toBeInstanceOf(LedgerUnavailable)
    await expect(ledger.claim('p', 'n')).rejects.toBeInstanceOf(LedgerUnavailable)
  })

  test('LEDGER-24: what is old is swept: unused outboxes, revocations, removals that are over', async () => {
    const { file, ledger } = await open()
    const day = 24 * 3_600_000
    await ledger.post('talk', 'o', 1, draft(1))
    await ledger.revokeSessions(['s'])
    await ledger.addRemoved('p', 'u', (await ledger.now()) + day)
    expect(await file.worker.call('sweep')).toBe(0)
    await file.worker.run('update outboxes set used = used - ?', [30 * day + 1000])
    await file.worker.run('update revoked set at = at - ?', [31 * day + 1000])
    await file.worker.run('update removed set until = until - ?', [2 * day])
    expect(await file.worker.call('sweep')).toBe(3)
    expect(await ledger.revoked(['s'])).toEqual([])
    expect(await ledger.post('talk', 'o', 1, draft(1))).toMatchObject({ seq: 2, repeated: false })
  })

  test('LEDGER-16: entry numbers rise over blocks, restarts, and what an earlier release counted for each user', async () => {
    const first = await open()
    await first.file.worker.run("insert into users values ('ana', 4500, 0)", [])
    await first.file.worker.run("delete from users where user = ''", [])
    await first.close()
    let last = 4500
    for (let restarts = 0; restarts < 2; restarts++) {
      const { ledger, close } = await open({ path: first.path })
      const numbers = await Promise.all(Array.from({ length: 2500 }, (_, i) => ledger.nextEntry(`u${i % 3}`)))
      for (const number of numbers) {
        expect(number).toBeGreaterThan(last)
        last = number
      }
      await close()
    }
  })

  test('LEDGER-2: a beat costs no commit and counts all the same; what is older than a minute is kept anew', async () => {
    const { file, ledger } = await open()
    const kept = async () => (await file.worker.query('select at from nodes where node = ?', ['n'])).rows[0]?.['at']
    const age = (ms: number) => file.worker.run('update nodes set at = at - ?', [ms])
    await ledger.heartbeat('n')
    await age(30_000)
    const before = await kept()
    expect(await ledger.markDead('n', 40_000)).toBe(false)
    const beat = await ledger.heartbeat('n')
    expect(await kept()).toBe(before)
    expect(await ledger.nodes()).toMatchObject([{ node: 'n', at: beat.now }])
    expect(await ledger.markDead('n', 25_000)).toBe(false)
    await age(31_000)
    const later = await ledger.heartbeat('n')
    expect(await kept()).toBe(later.now)
    expect(await ledger.markDead('n', 0)).toBe(true)
    expect(await ledger.heartbeat('n')).toMatchObject({ alive: false })
    expect(await ledger.nodes()).toEqual([])
  })

  test('LEDGER-35: who asks in his own thread never reads behind what was answered, whoever asked before and meanwhile (I7)', async () => {
    const { ledger } = await open()
    const claim = await ledger.claim('p', 'n')
    if ('owner' in claim) throw new Error('owned')
    let working = true
    const others = async () => {
      for (let version = 0; working; version++) {
        const batch = { place: 'p', epoch: claim.epoch, expectedVersion: version, batchId: `b${version}` }
        await ledger.append({ ...batch, events: [draft(version)] })
        await ledger.isRemoved('p', 'nobody')
      }
    }
    const rounds = async (user: string) => {
      for (let i = 0; i < 40; i++) {
        await ledger.addRemoved('p', user, null)
        expect(await ledger.isRemoved('p', user)).toBe(true)
        await ledger.revokeSessions([`${user} ${i}`])
        expect(await ledger.revoked([`${user} ${i}`])).toEqual([`${user} ${i}`])
        await ledger.dropRemoved('p', user)
        expect(await ledger.isRemoved('p', user)).toBe(false)
      }
    }
    const noise = others()
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map(rounds))
    working = false
    await noise
  })

  test('LEDGER-1: a wall clock that was turned back does not turn the ledger back', async () => {
    const first = await open()
    const future = (await first.ledger.now()) + 3_600_000
    await first.file.worker.run('update clock set last = ?', [future])
    await first.close()
    const { ledger } = await open({ path: first.path })
    expect(await ledger.now()).toBe(future)
  })
})
