import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MigrationLock } from './migrate.ts'

const BUSY = 5
const PATIENCE_MS = 60_000

/**
 * One migrating process at a time for a database file: an exclusive transaction on a second file beside it, which the
 * system gives up when the process dies. Rejects if another one holds it for a minute.
 */
export const sqliteMigrationLock =
  (path: string): MigrationLock =>
  async (work) => {
    const lock = new DatabaseSync(`${path}.migrating`, { timeout: 0 })
    try {
      await hold(lock, path)
      return await work()
    } finally {
      lock.close()
    }
  }

async function hold(lock: DatabaseSync, path: string): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      lock.exec('begin exclusive')
      return
    } catch (error) {
      const busy = error instanceof Error && 'errcode' in error && error.errcode === BUSY
      if (!busy) throw error
      if (performance.now() > giveUpAt) throw new Error(`another process has been migrating ${path} for a minute`)
      await sleep(50)
    }
  }
}
