import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DataFolderProblem, dataFolderProblem } from './DataFolderProblem.ts'

export type FolderLock = { release(): void }

// A handle that nobody refers to is collected, and its lock goes with it: a lock is held until it is released.
const held = new Set<DatabaseSync>()

/**
 * Makes the folder if needed and takes it for this process, until `release` or the process' end (`kill -9` too: the lock is
 * the kernel's, on `lock.db`). Throws `DataFolderProblem` if another process has it or it cannot be written.
 * Trap: nobody may open and close `lock.db` in this process by other means; POSIX drops all locks of a file then.
 */
export function lockDataFolder(dir: string): FolderLock {
  let db: DatabaseSync | undefined
  try {
    mkdirSync(dir, { recursive: true })
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK)
    db = new DatabaseSync(join(dir, 'lock.db'), { timeout: 0 })
    db.exec('begin exclusive')
  } catch (error) {
    db?.close()
    const problem = dataFolderProblem(dir, error)
    throw problem.fault === 'locked' ? new DataFolderProblem('locked', dir, 'lock.db is held') : problem
  }
  const lock = db
  held.add(lock)
  return {
    release() {
      if (held.delete(lock)) lock.close()
    },
  }
}
