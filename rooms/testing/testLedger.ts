import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLedgerFile } from '#persistence/ledger/openLedgerFile.ts'
import { sqliteLedger } from '#persistence/ledger/sqliteLedger.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'

/** The embedded ledger on a file of its own, which goes with `close`. */
export async function openTestLedger(): Promise<Ledger> {
  const folder = mkdtempSync(join(tmpdir(), 'studyhub-places-'))
  const file = await openLedgerFile({ path: join(folder, 'ledger.db') })
  const ledger = sqliteLedger(file)
  return {
    ...ledger,
    async close() {
      await ledger.close()
      await file.close()
      rmSync(folder, { recursive: true })
    },
  }
}
