import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { Rows } from './protocol.ts'

const CACHED = 500
const DDL = /^\s*(create|alter|drop)\b/i

/** node:sqlite refuses undefined and booleans, and takes a Date that comes first for an object of named parameters. */
const bindable = (value: unknown): SQLInputValue => {
  if (typeof value === 'boolean') return Number(value)
  if (value instanceof Date) return value.getTime()
  return value === undefined ? null : (value as SQLInputValue)
}

type Compiled = { readonly statement: StatementSync; readonly selects: boolean }

/** Runs statements by text, keeping up to 500 compiled. */
export function statements(db: DatabaseSync) {
  const cache = new Map<string, Compiled>()

  const compile = (sql: string): Compiled => {
    // Compiled statements keep the columns of the schema they were made for.
    if (DDL.test(sql)) cache.clear()
    const statement = db.prepare(sql)
    const compiled = { statement, selects: statement.columns().length > 0 }
    if (DDL.test(sql)) return compiled
    // The oldest goes; what is in use comes back at once.
    const oldest = cache.size >= CACHED ? cache.keys().next().value : undefined
    if (oldest !== undefined) cache.delete(oldest)
    cache.set(sql, compiled)
    return compiled
  }

  return function execute(sql: string, params: readonly unknown[]): Rows {
    const { statement, selects } = cache.get(sql) ?? compile(sql)
    const values = params.map(bindable)
    if (selects) {
      const rows = statement.all(...values) as Record<string, unknown>[]
      return { rows, changes: rows.length }
    }
    return { rows: [], changes: Number(statement.run(...values).changes) }
  }
}
