import { sql } from 'kysely'
import { openMysqlDatabase } from '../database/mysqlDatabase.ts'
import type { Lease } from './holdLease.ts'

/** By the database server's clock, in a table of its own: it is there before any migration. `close` when it is not held any more. */
export function mysqlLease(url: string): Lease & { close(): Promise<void> } {
  const db = openMysqlDatabase(url, { connections: 1 })
  const now = sql`cast(unix_timestamp(now(3)) * 1000 as signed)`
  let made = false
  const make = async () => {
    await sql`create table if not exists store_lease
      (id integer primary key, owner varchar(64) not null, until bigint not null) collate utf8mb4_0900_bin`.execute(db)
    await sql`insert ignore into store_lease values (1, '', 0)`.execute(db)
  }
  return {
    async take(owner, leaseMs) {
      if (!made) await make()
      made = true
      const { numAffectedRows = 0n } = await sql`update store_lease set owner = ${owner}, until = ${now} + ${leaseMs}
        where id = 1 and (owner = ${owner} or until < ${now})`.execute(db)
      return numAffectedRows > 0n
    },
    async free(owner) {
      await sql`update store_lease set until = 0, owner = '' where id = 1 and owner = ${owner}`.execute(db)
    },
    close: () => db.destroy(),
  }
}
