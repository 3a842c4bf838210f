import { Kysely, MysqlDialect, sql } from 'kysely'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import { type MysqlLimits, mysqlPool, usualLimits } from './mysqlPool.ts'

/** Repositories on MySQL. Nothing is connected before the first query; `destroy` closes all connections. */
export function openMysqlDatabase(url: string, limits: Partial<MysqlLimits> = {}): Kysely<Database> {
  return new Kysely<Database>({ dialect: new MysqlDialect({ pool: mysqlPool(url, { ...usualLimits, ...limits }) }) })
}

const MIGRATION_MS = 30 * 60_000
const COLLATION = 'utf8mb4_0900_bin'

/**
 * Brings the database of `url` to the newest form, on connections of its own: a new index on a large table takes longer than any
 * query may. Of any number of processes that start at once one does it, the others wait for it. See `migrate` for the rest.
 */
export async function migrateMysql(
  url: string,
  before: (db: Kysely<Database>) => Promise<void> = async () => {},
): Promise<readonly string[]> {
  const db = openMysqlDatabase(url, { queryMs: MIGRATION_MS, connections: 3 })
  try {
    return await migrate(db, {
      lock: (work) => locked(db, work),
      async before() {
        await requireCollation(db)
        await before(db)
      },
    })
  } finally {
    await db.destroy()
  }
}

/** The server gives the lock up when the connection dies with its process. */
function locked<T>(db: Kysely<Database>, work: () => Promise<T>): Promise<T> {
  const name = sql`concat('study ', sha2(database(), 224))`
  return db.connection().execute(async (own) => {
    const { rows } = await sql<{
      held: number | null
    }>`select get_lock(${name}, ${MIGRATION_MS / 1000}) as held`.execute(own)
    if (rows[0]?.held !== 1) throw new Error('another process has been migrating the database for too long')
    try {
      return await work()
    } finally {
      await sql`select release_lock(${name})`.execute(own)
    }
  })
}

/** Keys compare byte by byte, as they do on SQLite. New tables take the database's collation; one with tables of another is not changed. */
async function requireCollation(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ collation: string; others: number }>`select @@collation_database as collation,
    (select count(*) from information_schema.tables where table_schema = database() and table_collation <> ${COLLATION}) as others`.execute(
    db,
  )
  const [found] = rows
  if (found?.collation === COLLATION) return
  if (found && found.others > 0)
    throw new Error(`the database has tables, and its collation is ${found.collation} instead of ${COLLATION}`)
  await sql`alter database character set utf8mb4 collate ${sql.raw(COLLATION)}`.execute(db)
}
