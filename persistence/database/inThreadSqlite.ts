import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely'

const CACHED = 500

/**
 * SQLite in this thread, for tests and for tools that run alone: each commit waits for the disk in the event loop. What
 * serves users writes through the worker thread.
 */
export function inThreadSqliteDialect(path: string): SqliteDialect {
  return new SqliteDialect({ database: openInThread(path) })
}

function openInThread(path: string): SqliteDatabase {
  const database = new DatabaseSync(path, { timeout: 5000 })
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')
  const statements = new Map<string, StatementSync>()

  function compiled(text: string): StatementSync {
    const statement = statements.get(text) ?? database.prepare(text)
    statements.delete(text)
    statements.set(text, statement)
    const [oldest] = statements.keys()
    if (statements.size > CACHED && oldest !== undefined) statements.delete(oldest)
    return statement
  }

  return {
    prepare(text): SqliteStatement {
      // A deferred transaction that reads before it writes fails when another process has committed meanwhile.
      const statement = compiled(text === 'begin' ? 'begin immediate' : text)
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters.map(bindable)),
        run: (parameters) => statement.run(...parameters.map(bindable)),
        iterate: (parameters) => database.prepare(text).iterate(...parameters.map(bindable)),
      }
    },
    close() {
      statements.clear()
      database.close()
    },
  }
}

/** SQLite knows no booleans; a Date as the first parameter would be taken for an object of named ones. */
function bindable(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return Number(value)
  if (value instanceof Date) return value.getTime()
  return value === undefined ? null : (value as SQLInputValue)
}
