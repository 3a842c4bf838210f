import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { archiveContract } from './archive.contract.ts'
import { openSqliteArchive } from './sqliteArchive.ts'

archiveContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'archive-'))
  const path = join(folder, 'archive.db')
  let archive = await openSqliteArchive(path)
  return {
    archive,
    async reopen() {
      await archive.close()
      archive = await openSqliteArchive(path)
      return archive
    },
    async dispose() {
      await archive.close()
      rmSync(folder, { recursive: true })
    },
  }
})
