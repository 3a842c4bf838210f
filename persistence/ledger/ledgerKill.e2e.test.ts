import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import type { Envelope } from '#schemas/events/envelope.ts'
import { sqliteEventLog } from '../eventLog/sqliteEventLog.ts'
import { temporaryFolder } from '../sqlite/testing/temporaryFolder.ts'
import { openLedgerFile } from './openLedgerFile.ts'
import { sqliteLedger } from './sqliteLedger.ts'

const PLACES = 20
const ROUNDS = 5

/** Runs the appending process until it has acknowledged `count` batches, kills it, and gives the acknowledged versions. */
async function killAfter(path: string, count: number): Promise<Map<string, number>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'testing/appendForever.ts'), path, `${PLACES}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exited = once(child, 'exit')
  const acknowledged = new Map<string, number>()
  let lines = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const [place = '', version] = line.split(' ')
    // A line cut off by the kill has no newline of its own and may lack digits: smaller, never larger.
    acknowledged.set(place, Math.max(acknowledged.get(place) ?? 0, Number(version)))
    if (++lines === count) child.kill('SIGKILL')
  }
  expect((await exited)[1]).toBe('SIGKILL')
  return acknowledged
}

test('LEDGER-25: acknowledged appends are all there after kill -9, in the tail as in the log (I3)', async () => {
  const path = join(temporaryFolder(), 'ledger.db')
  for (let round = 1; round <= ROUNDS; round++) {
    const acknowledged = await killAfter(path, 150 + Math.floor(Math.random() * 400))
    const file = await openLedgerFile({ path })
    const ledger = sqliteLedger(file)
    const log = sqliteEventLog(file)
    const logged = new Map<string, number>()
    const handle = async (batch: readonly Envelope[]) => {
      for (const { key, seq, id } of batch) {
        expect({ key, seq, id }).toEqual({ key, seq: (logged.get(key) ?? 0) + 1, id: `${key}/${seq}` })
        logged.set(key, seq)
      }
    }
    const consumer = await log.consume({ group: `round-${round}`, batchSize: 500, handle })
    await consumer.caughtUp()
    for (const [place, version] of acknowledged) {
      const claim = await ledger.claim(place, `reader-${round}`)
      if ('owner' in claim) throw new Error('the dead process still owns it')
      expect(claim.version).toBeGreaterThanOrEqual(version)
      expect(claim.confirmed).toBe(claim.version)
      expect(logged.get(place)).toBe(claim.version)
      const above = claim.snapshot?.version ?? 0
      expect(claim.events.map(({ seq }) => seq)).toEqual(
        Array.from({ length: claim.version - above }, (_, i) => above + i + 1),
      )
    }
    await log.close()
    await ledger.close()
    await file.close()
  }
})
