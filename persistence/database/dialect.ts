import { type Insertable, MysqlAdapter, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Database, Db } from './database.ts'

// The one place that knows how the engines differ.

type Table = keyof Database & string
type Column<T extends Table> = keyof Database[T] & string

const isMysql = (db: Pick<Db, 'getExecutor'>): boolean => db.getExecutor().adapter instanceof MysqlAdapter

/** For a library that has SQL of its own. */
export const engineOf = (db: Pick<Db, 'getExecutor'>): 'mysql' | 'sqlite' => (isMysql(db) ? 'mysql' : 'sqlite')

/** More parameters than this in one statement are refused by SQLite. */
const MAX_PARAMETERS = 32_000

/**
 * Inserts rows, or changes those whose key is there. With `newer` a row is changed only if its value in that column is
 * higher than the stored one; then a replay of anything older changes nothing. Rows of one call may repeat a key.
 */
export async function upsert<T extends Table>(
  db: Db,
  table: T,
  rows: readonly Insertable<Database[T]>[],
  how: { keys: readonly Column<T>[]; set: readonly Column<T>[]; newer?: Column<T> },
): Promise<void> {
  const mysql = isMysql(db)
  const incoming = (column: string) => (mysql ? sql`values(${sql.ref(column)})` : sql`${sql.ref(`excluded.${column}`)}`)
  const stored = (column: string) => sql.ref(`${table}.${column}`)
  const { newer } = how
  const assign = (column: string): RawBuilder<unknown> =>
    newer === undefined
      ? sql`${sql.ref(column)} = ${incoming(column)}`
      : sql`${sql.ref(column)} = case when ${incoming(newer)} > ${stored(newer)} then ${incoming(column)} else ${stored(column)} end`
  // MySQL assigns from left to right and sees what it assigned: the compared column comes last.
  const order = newer === undefined ? how.set : [...how.set.filter((c) => c !== newer), newer]
  const changes = sql.join(order.map(assign))
  const clause = mysql
    ? sql`on duplicate key update ${changes}`
    : sql`on conflict (${sql.join(how.keys.map((k) => sql.ref(k)))}) do update set ${changes}`
  for (const part of parts(rows)) {
    await sql`insert into ${sql.table(table)} ${columnsAndValues(part)} ${clause}`.execute(db)
  }
}

/** Inserts rows as they are; a row whose key is there rejects (see `isDuplicate`). */
export async function insertRows<T extends Table>(db: Db, table: T, rows: readonly Insertable<Database[T]>[]) {
  for (const part of parts(rows)) await sql`insert into ${sql.table(table)} ${columnsAndValues(part)}`.execute(db)
}

/** False if a row with this key, or another unique value of it, is there already. */
export async function insertIfAbsent<T extends Table>(
  db: Db,
  table: T,
  row: Insertable<Database[T]>,
): Promise<boolean> {
  try {
    await insertRows(db, table, [row])
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

const DUPLICATES = { mysql: 1062, sqliteUnique: 2067, sqlitePrimary: 1555 }

/** Whether an error says that a unique key is taken, on any engine. */
export function isDuplicate(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { errno, errcode } = error as { errno?: unknown; errcode?: unknown }
  return errno === DUPLICATES.mysql || errcode === DUPLICATES.sqliteUnique || errcode === DUPLICATES.sqlitePrimary
}

const CONTENTION = { deadlock: 1213, lockWait: 1205 }

/** Whether an error says that others held the locks: the transaction is undone and may be tried again. Never on SQLite. */
export function isContention(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('errno' in error)) return false
  return error.errno === CONTENTION.deadlock || error.errno === CONTENTION.lockWait
}

/** Locks the selected rows until the transaction ends. On SQLite every transaction already excludes other writers. */
export function lockRows<D extends Database, T extends keyof D, O>(db: Db, query: SelectQueryBuilder<D, T, O>) {
  return isMysql(db) ? query.forUpdate() : query
}

/** A LIKE pattern that finds `text` anywhere, literally; use with `escape '!'`. */
export const containing = (text: string): string => `%${text.replace(/[!%_]/g, '!$&')}%`

function columnsAndValues(rows: readonly object[]): RawBuilder<unknown> {
  const columns = Object.keys(rows[0] ?? {})
  const line = (row: object) => sql`(${sql.join(columns.map((c) => (row as Record<string, unknown>)[c] ?? null))})`
  return sql`(${sql.join(columns.map((c) => sql.ref(c)))}) values ${sql.join(rows.map(line))}`
}

function* parts<R extends object>(rows: readonly R[]): Generator<readonly R[]> {
  const width = Object.keys(rows[0] ?? {}).length
  const size = Math.max(1, Math.min(1000, Math.floor(MAX_PARAMETERS / Math.max(1, width))))
  for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size)
}
