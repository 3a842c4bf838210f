import { accessSync, constants, mkdirSync } from 'node:fs'
import { StartFault } from '#persistence/process/StartFault.ts'
import { DataFolderProblem } from '#persistence/sqlite/DataFolderProblem.ts'
import { type FolderLock, lockDataFolder } from '#persistence/sqlite/lockDataFolder.ts'

/** Makes the data folder where needed and takes it for this process; a StartFault says what to do. */
export function takeDataFolder(dir: string): FolderLock {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    accessSync(dir, constants.W_OK)
    return lockDataFolder(dir)
  } catch (error) {
    throw asStartFault(error, dir)
  }
}

/** What is wrong with the data folder is the operator's to put right; anything else stays a bug. */
export function asStartFault(error: unknown, dir: string): unknown {
  if (error instanceof DataFolderProblem) return new StartFault(`Data folder: ${error.message}`)
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return error
  return new StartFault(
    `The data folder ${dir} cannot be used (${code}). Make it writable, or set DATA to another folder.`,
  )
}
