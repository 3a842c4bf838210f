import { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { inThreadSqliteDialect } from '../inThreadSqlite.ts'
import { migrate } from '../migrate.ts'
import type { OpenDatabase } from '../openDatabase.ts'

async function inMemory(): Promise<Kysely<Database>> {
  const db = new Kysely<Database>({ dialect: inThreadSqliteDialect(':memory:') })
  await migrate(db)
  return db
}

let open: OpenDatabase = inMemory

/** An empty database in its newest form: in memory, where no test file has chosen another half. */
export const freshDatabase: OpenDatabase = () => open()

/** From now on `freshDatabase` gives another half's: so the same suites run on it. */
export function openDatabasesBy(other: OpenDatabase): void {
  open = other
}
