import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLedgerFile } from '#persistence/ledger/openLedgerFile.ts'
import { sqliteLedger } from '#persistence/ledger/sqliteLedger.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'

/**
 * The embedded ledger: in a folder that stays, or, if none is given, in one of its own that goes with `close`. `logInline`
 * false: what is committed has to be confirmed, as where the log is a server.
 */
export async function openTestLedger(kept?: string, logInline = true): Promise<Ledger> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'studyhub-places-'))
  const file = await openLedgerFile({ path: join(folder, 'ledger.db'), logInline })
  const ledger = sqliteLedger(file)
  return {
    ...ledger,
    async close() {
      await ledger.close()
      await file.close()
      if (kept === undefined) rmSync(folder, { recursive: true })
    },
  }
}
