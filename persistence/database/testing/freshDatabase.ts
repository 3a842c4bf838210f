import { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { inThreadSqliteDialect } from '../inThreadSqlite.ts'
import { migrate } from '../migrate.ts'

/** An empty database in its newest form, in memory. */
export async function freshDatabase(): Promise<Kysely<Database>> {
  const db = new Kysely<Database>({ dialect: inThreadSqliteDialect(':memory:') })
  await migrate(db)
  return db
}
