import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { Rows } from './protocol.ts'

const CACHED = 500

/** node:sqlite refuses undefined and booleans, and takes a Date that comes first for an object of named parameters. */
const bindable = (value: unknown): SQLInputValue => {
  if (typeof value === 'boolean') return Number(value)
  if (value instanceof Date) return value.getTime()
  return value === undefined ? null : (value as SQLInputValue)
}

/** Runs statements by text, keeping the newest 500 compiled. */
export function statements(db: DatabaseSync) {
  const cache = new Map<string, StatementSync>()

  const compiled = (sql: string): StatementSync => {
    const statement = cache.get(sql) ?? db.prepare(sql)
    cache.delete(sql)
    cache.set(sql, statement)
    const oldest = cache.size > CACHED ? cache.keys().next().value : undefined
    if (oldest !== undefined) cache.delete(oldest)
    return statement
  }

  return function execute(sql: string, params: readonly unknown[]): Rows {
    // Compiled statements keep the columns of the schema they were made for.
    if (/^\s*(create|alter|drop)\b/i.test(sql)) cache.clear()
    const statement = compiled(sql)
    const values = params.map(bindable)
    if (statement.columns().length > 0) {
      const rows = statement.all(...values) as Record<string, unknown>[]
      return { rows, changes: rows.length }
    }
    return { rows: [], changes: Number(statement.run(...values).changes) }
  }
}
