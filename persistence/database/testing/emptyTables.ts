import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'

/** Empties every table but those of the migrations: one database for all tests of a file, where to make one takes seconds. */
export async function emptyTables(db: Kysely<Database>): Promise<void> {
  for (const { name } of await db.introspection.getTables())
    if (!name.startsWith('kysely')) await sql`delete from ${sql.table(name)}`.execute(db)
}
