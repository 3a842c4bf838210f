import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from './database.ts'
import { isContention } from './dialect.ts'

/** After this long in vain the last error is told. A wait for one lock ends after 3 s (see mysqlPool.ts). */
const PATIENCE_MS = 5_000

/**
 * All of `work` or nothing of it: in the transaction that `db` is already, or in one of its own. Where others held the locks
 * (MySQL ends one of two transactions that wait for each other) `work` runs again from its start: it does nothing but ask the
 * database. What it has done to variables outside of it is its own matter.
 */
export async function inTransaction<D extends Database, T>(
  db: Kysely<D> | Transaction<D>,
  work: (trx: Transaction<D>) => Promise<T>,
): Promise<T> {
  if (db.isTransaction) return work(db as Transaction<D>)
  const giveUpAt = performance.now() + PATIENCE_MS
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (performance.now() > giveUpAt || !isContention(error)) throw error
      await sleep(Math.random() * 20 * Math.min(tries, 10))
    }
  }
}
