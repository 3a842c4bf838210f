import { openSqliteWorker, type SqliteWorker } from '../sqlite/sqliteWorker.ts'
import type { LedgerOptions, LedgerProcedures } from './ledgerProcedures.ts'

/** The file that ledger and event log share: give it to `sqliteLedger` and `sqliteEventLog`, and close it last. */
export type LedgerFile = {
  readonly worker: SqliteWorker<LedgerProcedures>
  /** Accepted events are in the log with their commit; nobody has to publish them. */
  readonly logInline: boolean
  /** Says that the log has something new. */
  committed(): void
  onCommitted(listener: () => void): () => void
  close(): Promise<void>
}

export type LedgerFileOptions = Partial<LedgerOptions> & {
  readonly path: string
  readonly onGone?: (error: Error) => void
}

/**
 * Opens or makes the file. As it takes the data folder's lock for granted (`lockDataFolder`), nodes of earlier processes are
 * taken for dead unless `predecessorsDead` is false. Rejects with `DataFolderProblem`.
 */
export async function openLedgerFile(opening: LedgerFileOptions): Promise<LedgerFile> {
  const { path, onGone, logInline = true, predecessorsDead = true } = opening
  const worker = await openSqliteWorker<LedgerProcedures>({
    path,
    procedures: new URL('./ledgerProcedures.ts', import.meta.url),
    options: { logInline, predecessorsDead } satisfies LedgerOptions,
    ...(onGone && { onGone }),
  })
  const listeners = new Set<() => void>()
  return {
    worker,
    logInline,
    committed() {
      for (const listener of listeners) listener()
    },
    onCommitted(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => worker.close(),
  }
}
