import { CompiledQuery, type Insertable, MysqlAdapter, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Database, Db } from './database.ts'

// The one place that knows how the engines differ.

type Table = keyof Database & string
type Column<T extends Table> = keyof Database[T] & string

const isMysql = (db: Pick<Db, 'getExecutor'>): boolean => db.getExecutor().adapter instanceof MysqlAdapter

/** For a library that has SQL of its own. */
export const engineOf = (db: Pick<Db, 'getExecutor'>): 'mysql' | 'sqlite' => (isMysql(db) ? 'mysql' : 'sqlite')

/** More parameters than this in one statement are refused by SQLite. */
const MAX_PARAMETERS = 32_000

type Change<T extends Table> = {
  readonly keys: readonly Column<T>[]
  readonly set: readonly Column<T>[]
  readonly newer?: Column<T>
}

/**
 * Inserts rows, or changes those whose key is there. With `newer` a row is changed only if its value in that column is
 * higher than the stored one; then a replay of anything older changes nothing. Rows of one call may repeat a key.
 */
export async function upsert<T extends Table>(
  db: Db,
  table: T,
  rows: readonly Insertable<Database[T]>[],
  how: Change<T>,
): Promise<void> {
  await put(db, table, rows, how)
}

/** Inserts rows as they are; a row whose key is there rejects (see `isDuplicate`). */
export async function insertRows<T extends Table>(db: Db, table: T, rows: readonly Insertable<Database[T]>[]) {
  await put(db, table, rows)
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

async function put<T extends Table>(db: Db, table: T, rows: readonly object[], how?: Change<T>): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  for (const part of parts(rows)) {
    const { head, line, tail } = statementOf(db, table, columns, how)
    const values = part.flatMap((row) => columns.map((c) => (row as Record<string, unknown>)[c] ?? null))
    const text = `${head}${line}${`, ${line}`.repeat(part.length - 1)}${tail}`
    await db.executeQuery(CompiledQuery.raw(text, values))
  }
}

/** Both engines take `?` for a value, so one row's text serves for any number of rows. */
type Statement = { readonly head: string; readonly line: string; readonly tail: string }

/** By engine and shape; the code's own tables and columns are all there is, so it stays small. */
const statements = new Map<string, Statement>()

/** Compiled once: building the statement of a read model's batch anew cost more than running it. */
function statementOf<T extends Table>(db: Db, table: T, columns: readonly string[], how?: Change<T>): Statement {
  const change = how ? `${how.keys} ${how.set} ${how.newer}` : ''
  const key = `${engineOf(db)} ${table} ${columns} ${change}`
  let known = statements.get(key)
  if (!known) {
    const textOf = (part: RawBuilder<unknown>) => part.compile(db).sql
    known = {
      head: textOf(sql`insert into ${sql.table(table)} (${sql.join(columns.map((c) => sql.ref(c)))}) values `),
      line: `(${columns.map(() => '?').join(', ')})`,
      tail: how ? textOf(changeClause(db, table, how)) : '',
    }
    statements.set(key, known)
  }
  return known
}

function changeClause<T extends Table>(db: Db, table: T, { keys, set, newer }: Change<T>): RawBuilder<unknown> {
  const mysql = isMysql(db)
  const incoming = (column: string) => (mysql ? sql`values(${sql.ref(column)})` : sql`${sql.ref(`excluded.${column}`)}`)
  const stored = (column: string) => sql.ref(`${table}.${column}`)
  const assign = (column: string): RawBuilder<unknown> =>
    newer === undefined
      ? sql`${sql.ref(column)} = ${incoming(column)}`
      : sql`${sql.ref(column)} = case when ${incoming(newer)} > ${stored(newer)} then ${incoming(column)} else ${stored(column)} end`
  // MySQL assigns from left to right and sees what it assigned: the compared column comes last.
  const order = newer === undefined ? set : [...set.filter((c) => c !== newer), newer]
  const changes = sql.join(order.map(assign))
  return mysql
    ? sql` on duplicate key update ${changes}`
    : sql` on conflict (${sql.join(keys.map((k) => sql.ref(k)))}) do update set ${changes}`
}

function* parts<R extends object>(rows: readonly R[]): Generator<readonly R[]> {
  const width = Object.keys(rows[0] ?? {}).length
  const size = Math.max(1, Math.min(1000, Math.floor(MAX_PARAMETERS / Math.max(1, width))))
  for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size)
}
