import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { DataFolderProblem, dataFolderProblem } from './DataFolderProblem.ts'

/** Files up to this size are checked wholly at open (about 0.2 s); a bigger one only where it is read. */
const CHECKED_BYTES = 64 * 1024 * 1024

/** Opens a database file for writing: WAL, `synchronous=FULL`, foreign keys, 2 s busy timeout. Throws `DataFolderProblem`. */
export function openFile(path: string): DatabaseSync {
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(path, { timeout: 2000, enableForeignKeyConstraints: true })
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
    if (size > 0 && size <= CHECKED_BYTES) check(db, path)
    db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')
    // A read-only file is noticed here and not at the first commit.
    db.exec('begin immediate; rollback')
    return db
  } catch (error) {
    db?.close()
    throw dataFolderProblem(path, error)
  }
}

function check(db: DatabaseSync, path: string): void {
  const found = db.prepare('pragma quick_check(1)').get() as { quick_check: string }
  if (found.quick_check !== 'ok') throw new DataFolderProblem('corrupt', path, found.quick_check)
}
