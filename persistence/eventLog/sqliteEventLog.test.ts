import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Envelope } from '#schemas/events/envelope.ts'
import { openLedgerFile } from '../ledger/openLedgerFile.ts'
import { sqliteLedger } from '../ledger/sqliteLedger.ts'
import { temporaryFolder } from '../sqlite/testing/temporaryFolder.ts'
import { eventLogContract } from './eventLog.contract.ts'
import { backoffMs } from './pauses.ts'
import { sqliteEventLog } from './sqliteEventLog.ts'

eventLogContract('SQLite', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'studyhub-'))
  const open = () => openLedgerFile({ path: join(dir, 'ledger.db') })
  let file = await open()
  let log = sqliteEventLog(file)
  return {
    log,
    async reopen() {
      await file.close()
      await log.close()
      file = await open()
      log = sqliteEventLog(file)
      return log
    },
    async close() {
      await log.close()
      await file.close()
      rmSync(dir, { recursive: true })
    },
  }
})

async function open() {
  const file = await openLedgerFile({ path: join(temporaryFolder(), 'ledger.db') })
  const log = sqliteEventLog(file, { keepMs: 1000 })
  onTestFinished(async () => {
    await log.close()
    await file.close()
  })
  return { file, log }
}
const event = (seq: number): Envelope => ({
  id: `e${seq}`,
  type: 'test.happened',
  version: 1,
  key: 'k',
  epoch: 1,
  seq,
  at: seq,
  actor: null,
  data: null,
})

describe('the SQLite event log', () => {
  test('LOG-8: an accepted append is in the log with its commit, and wakes the consumers', async () => {
    const { file, log } = await open()
    const ledger = sqliteLedger(file)
    onTestFinished(() => ledger.close())
    const arrived = Promise.withResolvers<readonly Envelope[]>()
    const consumer = await log.consume({ group: 'g', batchSize: 10, handle: async (batch) => arrived.resolve(batch) })
    await consumer.caughtUp()
    const claim = await ledger.claim('p', 'n')
    if ('owner' in claim) throw new Error('owned')
    const { key, epoch, seq, ...draft } = event(1)
    await ledger.append({ place: 'p', epoch: claim.epoch, expectedVersion: 0, batchId: 'b', events: [draft] })
    expect(await arrived.promise).toEqual([{ ...draft, key: 'p', epoch: claim.epoch, seq: 1 }])
    expect(key && epoch && seq).toBeTruthy()
  })

  test('LOG-9: only what all groups have passed and what is old is cut; positions go on', async () => {
    const { file, log } = await open()
    const age = () => file.worker.run('update log set at = at - 5000', [])
    const seen: number[] = []
    const handle = async (batch: readonly Envelope[]) => void seen.push(...batch.map(({ seq }) => seq))
    await log.publish([1, 2, 3].map(event))
    await age()
    expect(await log.trim()).toBe(0)
    const consumer = await log.consume({ group: 'g', batchSize: 10, handle })
    await consumer.caughtUp()
    await file.worker.call('logJoin', 'slow')
    expect(await log.trim()).toBe(0)
    await file.worker.call('logAdvance', 'slow', 2)
    expect(await log.trim()).toBe(2)
    await file.worker.call('logAdvance', 'slow', 3)
    expect(await log.trim()).toBe(0)
    await log.publish([event(4)])
    await consumer.caughtUp()
    expect(seen).toEqual([1, 2, 3, 4])
  })

  test('LOG-5: backoff doubles up to 30 s', () => {
    expect([0, 1, 2, 20].map((attempt) => backoffMs(attempt, 0))).toEqual([100, 200, 400, 30_000])
    expect(backoffMs(0, 1)).toBe(80)
  })
})
