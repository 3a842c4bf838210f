import type { Kysely, Transaction } from 'kysely'
import type { Database, Db } from './database.ts'

/** All of `work` or nothing of it: in the transaction that `db` is already, or in one of its own. */
export function inTransaction<T>(db: Db, work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Transaction<Database>) : (db as Kysely<Database>).transaction().execute(work)
}
