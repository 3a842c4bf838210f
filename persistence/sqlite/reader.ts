import { DatabaseSync } from 'node:sqlite'
import { failureOf, type Rows } from './protocol.ts'
import { SqliteFailure, SqliteGone } from './SqliteFailure.ts'
import { statements } from './statements.ts'

const DDL = /^\s*(create|alter|drop)\b/i

export interface Reader {
  /** Throws `SqliteFailure`, or `SqliteGone` after the close. */
  query(sql: string, params: readonly unknown[]): Rows
  /** Told of each statement that goes to the writing thread: a change of the schema makes compiled selects stale. */
  beforeWrite(sql: string): void
  close(): void
}

/**
 * Reads a file in the caller's thread. A WAL reader never waits for a writer or for the disk's fsync, and a select by key
 * takes some 15 us here, a quarter of what the way to another thread and back costs; long scans do not belong here.
 */
export function openReader(path: string): Reader {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 2000 })
  let execute = statements(db)
  return {
    query(sql, params) {
      if (!db.isOpen) throw new SqliteGone('the file is closed')
      try {
        return execute(sql, params)
      } catch (error) {
        throw new SqliteFailure(failureOf(error))
      }
    },
    beforeWrite(sql) {
      if (DDL.test(sql)) execute = statements(db)
    },
    close() {
      if (db.isOpen) db.close()
    },
  }
}
